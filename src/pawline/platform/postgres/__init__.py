"""The embedded PostgreSQL; the only place that knows where its programs come from."""

from pawline.platform.postgres.binaries import LOWEST_VERSION, PostgresFailed, pg_bin
from pawline.platform.postgres.server import EmbeddedPostgres, running_url

__all__ = ["LOWEST_VERSION", "EmbeddedPostgres", "PostgresFailed", "pg_bin", "running_url"]
