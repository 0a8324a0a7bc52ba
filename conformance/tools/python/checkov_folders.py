"""Judges each folder with a runner of its own, so that none sees the objects of another, and prints one JSON line each.

The first argument is the framework, "kubernetes" or "terraform_json"; the others are folders.
"""
import json
import logging
import os
import sys

os.environ.setdefault("LOG_LEVEL", "ERROR")
logging.disable(logging.WARNING)

from checkov.kubernetes.runner import Runner  # noqa: E402
from checkov.runner_filter import RunnerFilter  # noqa: E402
from checkov.terraform_json.runner import TerraformJsonRunner  # noqa: E402

RUNNERS = {"kubernetes": Runner, "terraform_json": TerraformJsonRunner}

framework, *folders = sys.argv[1:]
for folder in folders:
    report = RUNNERS[framework]().run(root_folder=folder, runner_filter=RunnerFilter(framework=[framework]))
    # A skip in what is judged counts too: exceptions have their own file.
    records = report.failed_checks + report.skipped_checks
    print(json.dumps({
        "folder": folder,
        "passed": len(report.passed_checks),
        "findings": [{"check": r.check_id, "resource": r.resource, "message": r.check_name} for r in records],
        "unreadable": report.parsing_errors,
    }), flush=True)
