"""Signing in: password and second factor for everyone, a lock after idle time, what each of it leaves in the audit."""
