"""How is a whole archive copied to one file while it is in use, and made again of that file?"""
