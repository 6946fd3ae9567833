"""What may happen in a walk, by capability; each way is a few steps drawn with the dice."""
