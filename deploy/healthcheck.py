"""Exit 0 when the site's own sign-in page answers, asked as the proxy would ask."""

import os
import sys
from http.client import HTTPConnection

host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0]
connection = HTTPConnection("127.0.0.1", 8000, timeout=5)
connection.request("GET", "/account/login/", headers={"Host": host, "X-Forwarded-Proto": "https"})
sys.exit(connection.getresponse().status != 200)
