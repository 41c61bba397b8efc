# Replaces this Python process by the Go program next to this file.
import os

os.execv(os.path.join(os.path.dirname(os.path.abspath(__file__)), "bootstrap"), ["bootstrap"])
