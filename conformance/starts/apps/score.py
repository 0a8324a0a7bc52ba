"""Answers POST /score, and GET /healthcheck; loads its model as it is imported."""
import flask

from classifier import Classifier

app = flask.Flask(__name__)
model = Classifier("model.json")


@app.route("/score", methods=["POST"])
def score():
    return flask.jsonify(model.predict(flask.request.get_json()))


@app.route("/healthcheck", methods=["GET"])
def healthcheck():
    return "healthy"


if __name__ == "__main__":
    app.run(host="0.0.0.0", port=8080)
