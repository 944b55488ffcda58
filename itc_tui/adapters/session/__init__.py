"""One session's folder, and all of them on their shelf."""
