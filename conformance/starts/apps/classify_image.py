"""What a container exported from Custom Vision listens to: GET / and POST /image, on port 80."""
import json

import flask

from classifier import Classifier

app = flask.Flask(__name__)


@app.route("/")
def index():
    return "CustomVision.ai model host harness"


@app.route("/image", methods=["POST"])
def image():
    return flask.jsonify(model.predict(json.loads(flask.request.get_data())))


if __name__ == "__main__":
    model = Classifier("model.json")
    app.run(host="0.0.0.0", port=80)
