"""What may happen in a walk, by capability: ways, each a few steps drawn with the dice, and their weight."""
