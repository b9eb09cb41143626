from accounts.views.leaving import leave, ping

__all__ = ["leave", "ping"]
