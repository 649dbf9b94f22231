"""The application as a whole: settings, addresses, pages that all share. It composes what stands below it."""
