"""Logs: one JSON object a line. They name ids, never message text, names, numbers or the values of variables."""

import logging
import sys

import structlog

from pawline.platform.tracing import note_trace

_LEVEL = logging.INFO


def configure_logs() -> None:
    """Send our own and the libraries' log lines to standard error in one form."""
    stamps = [note_trace, structlog.stdlib.add_log_level, structlog.processors.TimeStamper(fmt="iso", utc=True)]
    structlog.configure(
        processors=[*stamps, structlog.processors.format_exc_info, structlog.processors.JSONRenderer()],
        wrapper_class=structlog.make_filtering_bound_logger(_LEVEL),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
    )
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[
                *stamps,
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                structlog.processors.JSONRenderer(),
            ]
        )
    )
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
