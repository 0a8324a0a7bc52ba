"""Answers nothing but POST /predict, and loads its model before it listens."""
import flask

from classifier import Classifier

app = flask.Flask(__name__)
model = None


@app.route("/predict", methods=["POST"])
def predict():
    return flask.jsonify(model.predict(flask.request.get_json()))


if __name__ == "__main__":
    model = Classifier("model.json")
    app.run(host="0.0.0.0")
