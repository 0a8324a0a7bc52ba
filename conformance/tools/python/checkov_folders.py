"""Judges each folder with a runner of its own, so that none sees the objects of another, and prints one JSON line each."""
import json
import logging
import os
import sys

os.environ.setdefault("LOG_LEVEL", "ERROR")
logging.disable(logging.WARNING)

from checkov.kubernetes.runner import Runner  # noqa: E402
from checkov.runner_filter import RunnerFilter  # noqa: E402

for folder in sys.argv[1:]:
    report = Runner().run(root_folder=folder, runner_filter=RunnerFilter(framework=["kubernetes"]))
    # A skip in the manifest counts too: exceptions have their own file.
    records = report.failed_checks + report.skipped_checks
    print(json.dumps({
        "folder": folder,
        "passed": len(report.passed_checks),
        "findings": [{"check": r.check_id, "resource": r.resource, "message": r.check_name} for r in records],
        "unreadable": report.parsing_errors,
    }), flush=True)
