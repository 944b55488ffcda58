"""The application in a browser, for whoever sits at this machine."""
