"""Judges each folder of Terraform JSON with a runner of its own, and prints one JSON line each."""
import json
import logging
import os
import sys

os.environ.setdefault("LOG_LEVEL", "ERROR")
logging.disable(logging.WARNING)

from checkov.runner_filter import RunnerFilter  # noqa: E402
from checkov.terraform_json.runner import TerraformJsonRunner  # noqa: E402

for folder in sys.argv[1:]:
    report = TerraformJsonRunner().run(root_folder=folder, runner_filter=RunnerFilter(framework=["terraform_json"]))
    # A skip in the stack counts too: exceptions have their own file.
    records = report.failed_checks + report.skipped_checks
    print(json.dumps({
        "folder": folder,
        "passed": len(report.passed_checks),
        "findings": [{"check": r.check_id, "resource": r.resource, "message": r.check_name} for r in records],
        "unreadable": report.parsing_errors,
    }), flush=True)
