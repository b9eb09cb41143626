"""What the pages cost: ``make bench``. Ratios, query counts and buffers; never a timed assert."""
