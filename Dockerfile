# One image for web, worker, sealer, beat and migrate; docker-compose.yml starts them.
FROM python:3.13-slim AS build
WORKDIR /app
RUN python -m venv /venv
COPY requirements.txt .
RUN /venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.txt

FROM python:3.13-slim
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    CASEWORK_MODE=production CASEWORK_VAR=/var/lib/casework
RUN groupadd --gid 10001 casework \
    && useradd --uid 10001 --gid 10001 --no-create-home --shell /usr/sbin/nologin casework \
    && install -d -m 0700 -o casework -g casework /var/lib/casework
# Copies on paper as PDF, in the scripts people write in. Without these the site offers the print page.
RUN apt-get update -q \
    && apt-get install -qy --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
        fonts-noto-core \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=build /venv /venv
COPY manage.py gunicorn.conf.py ./
COPY accounts accounts
COPY audit audit
COPY vault vault
COPY clients clients
COPY casework casework
COPY reporting reporting
COPY templates templates
COPY static static
COPY locale locale
COPY deploy/healthcheck.py deploy/healthcheck.py
# Static files need settings, and settings a secret: this one is thrown away with the step.
RUN SECRET_KEY=only-for-this-step CASEWORK_VAR=/tmp/build python manage.py collectstatic --noinput -v0 \
    && rm -rf /tmp/build
USER casework
EXPOSE 8000
CMD ["gunicorn", "casework.wsgi"]
