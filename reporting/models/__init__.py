"""What reports keep: closed months, editions, the ledger. Counts only; no table here knows a client."""
