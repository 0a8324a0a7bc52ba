"""A server without a framework: it listens at once, is ready once its model is there, and finishes its requests when told to end."""
import json
import os
import signal
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from classifier import Classifier

model = None


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        found = {"/livez": True, "/readyz": model is not None}.get(self.path, False)
        self.answer(200 if found else 503, {})

    def do_POST(self):
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.answer(200 if model else 503, model.predict(request) if model else {})

    def answer(self, status, body):
        payload = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(payload)))
        self.end_headers()
        self.wfile.write(payload)

    def log_message(self, *_):
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = False
    request_queue_size = 64


def load():
    global model
    model = Classifier("model.json")
    open("/tmp/ready", "w").close()


if __name__ == "__main__":
    # Whatever it is given has to be where the manifest says.
    for file in filter(None, os.environ.get("MUST_READ", "").split(":")):
        with open(file) as stream:
            assert stream.read(), file
    server = Server(("0.0.0.0", int(sys.argv[1].split("=")[1])), Handler)
    signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=server.shutdown).start())
    threading.Thread(target=load).start()
    server.serve_forever()
    server.server_close()
