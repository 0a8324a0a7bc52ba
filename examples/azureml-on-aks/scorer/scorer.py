"""Scores with any ONNX model of a workspace of Azure Machine Learning, or with the one in MODEL_PATH."""
import functools
import os
import pathlib
import re
import tempfile

import flask
import numpy
import onnxruntime
import requests
from azure.identity import DefaultAzureCredential
from azure.storage.blob import ContainerClient

MANAGEMENT = "https://management.azure.com"
app = flask.Flask(__name__)


@app.get("/healthcheck")
def healthcheck():
    return {"status": "ok"}


@app.post("/score")
def score():
    request = flask.request.get_json()
    try:
        session = session_of(*chosen(request))
        inputs = {i.name: numpy.array(request["inputs"][i.name], dtype=TYPES[i.type]) for i in session.get_inputs()}
    except KeyError as missing:
        return {"error": f"missing or unknown: {missing.args[0]}"}, 400
    outputs = session.run(None, inputs)
    return {o.name: numpy.asarray(value).tolist() for o, value in zip(session.get_outputs(), outputs)}


TYPES = {
    "tensor(float)": "float32", "tensor(double)": "float64", "tensor(string)": "object",
    "tensor(int32)": "int32", "tensor(int64)": "int64", "tensor(bool)": "bool",
}


def chosen(request):
    """The model that a request names, and its version, else the newest of that moment."""
    if "MODEL_PATH" in os.environ:
        return None, None
    name = part_of_path(request["model"])
    return name, part_of_path(request.get("version") or workspace(f"models/{name}")["latestVersion"])


def part_of_path(text):
    if not re.fullmatch(r"\w[\w.-]*", str(text)):
        raise KeyError(text)
    return str(text)


@functools.lru_cache(maxsize=8)
def session_of(name, version):
    folder = pathlib.Path(os.environ["MODEL_PATH"]) if name is None else download(name, version)
    return onnxruntime.InferenceSession(next(folder.rglob("*.onnx")), providers=["CPUExecutionProvider"])


def download(name, version):
    # azureml://subscriptions/…/datastores/<datastore>/paths/<path>
    uri = workspace(f"models/{name}/versions/{version}")["modelUri"]
    datastore, path = uri.split("/datastores/")[1].split("/paths/")
    store = workspace(f"datastores/{datastore}")
    blobs = ContainerClient(f"https://{store['accountName']}.blob.core.windows.net", store["containerName"], credential())
    folder = pathlib.Path(tempfile.mkdtemp(dir=os.environ.get("HOME")))
    for blob in blobs.list_blob_names(name_starts_with=path):
        file = folder / pathlib.PurePosixPath(blob).name
        file.write_bytes(blobs.download_blob(blob).readall())
    return folder


def workspace(path):
    """What Azure says of a part of the workspace that the environment names."""
    url = (f"{MANAGEMENT}/subscriptions/{os.environ['AZUREML_ARM_SUBSCRIPTION']}/resourceGroups/{os.environ['AZUREML_ARM_RESOURCEGROUP']}"
           f"/providers/Microsoft.MachineLearningServices/workspaces/{os.environ['AZUREML_ARM_WORKSPACE_NAME']}/{path}")
    token = credential().get_token(f"{MANAGEMENT}/.default").token
    answer = requests.get(url, params={"api-version": "2024-04-01"}, headers={"Authorization": f"Bearer {token}"}, timeout=30)
    if answer.status_code == 404:
        raise KeyError(path)
    answer.raise_for_status()
    return answer.json()["properties"]


@functools.cache
def credential():
    return DefaultAzureCredential()
