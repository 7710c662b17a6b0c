"""Measures readers, ours and the peers, the way a user meets them: a picture in, digits out."""
