"""What anybody may check of draws and pools: the promise, the seed, and a script that draws again in the browser."""
