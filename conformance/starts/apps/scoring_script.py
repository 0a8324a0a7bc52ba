"""A scoring script, whose model is where the server says."""
import json
import os

from classifier import Classifier


def init():
    global model
    model = Classifier(os.path.join(os.environ["AZUREML_MODEL_DIR"], "model.json"))


def run(data):
    return model.predict(json.loads(data))
