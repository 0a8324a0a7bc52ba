"""Answers nothing but POST /predict; loads its model as it is imported, as servers that import an app need it."""
import flask

from classifier import Classifier

app = flask.Flask(__name__)
model = Classifier("model.json")


@app.route("/predict", methods=["POST"])
def predict():
    return flask.jsonify(model.predict(flask.request.get_json()))
