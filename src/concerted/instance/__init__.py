"""What an instance knows of itself: what its store is for. Above the audit, below every application that needs it."""
