"""The cashier in a browser: one page on which somebody signs in, sees what is asked, and confirms it or leaves."""
