"""The synthetic agency: made-up people with tree and bird names, and a life like a real agency's.

Written in bulk, past the trail's per-record entries: ``demo.loaded`` stands for all of it.
"""
