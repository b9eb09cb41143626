"""How gunicorn serves the site. Environment variables change the numbers; see docs/operating.md."""

import os

bind = os.environ.get("BIND", "0.0.0.0:8000")
workers = int(os.environ.get("WEB_WORKERS", "2"))
worker_class = "gthread"
threads = int(os.environ.get("WEB_THREADS", "8"))
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108 - heartbeat only
max_requests, max_requests_jitter = 5_000, 500
graceful_timeout = 30
control_socket_disable = True  # the filesystem is read-only, and nobody asks there
accesslog = None  # addresses of pages hold case codes: the trail knows who looked, logs need not
forwarded_allow_ips = "*"  # the site itself decides, by TRUSTED_PROXY_COUNT
