"""Other people's ways to do the same work, kept here so that anyone can rerun the comparison."""
