"""Processes for the cores, threads for those who wait, connections that stay open."""

import os

bind = os.environ["BENCH_BIND"]
workers = int(os.environ["BENCH_WORKERS"])
threads = int(os.environ["BENCH_THREADS"])
# The plain worker closes every connection after its answer.
worker_class = "gthread"
keepalive = 75
# A worker that is awake takes every connection that comes, and one core would stand idle while the other works off all
# of them. With room for little more than its share, each gets about half.
worker_connections = int(os.environ["BENCH_CONNECTIONS"])
# Loaded once, shared by the workers. No connection is open yet when they part.
preload_app = True
worker_tmp_dir = "/dev/shm"
wsgi_app = "app:app"
