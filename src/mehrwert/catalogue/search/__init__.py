"""Search without Django: what is searched, how words are read, how hits are ranked."""
