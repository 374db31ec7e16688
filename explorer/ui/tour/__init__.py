"""Drives the real window through every screen and story and takes a picture of each."""
