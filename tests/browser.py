"""A headless Chromium for tests of pages, driven over its debugging pipe: no other package needed.

    with browser.Browser() as chromium:            # skips the test (status 77) where there is none
        page = chromium.open("report.html", width=360)
        page.click("#reset")
        page.value("document.title")
        page.problems()                            # requests, errors, dialogs: should be empty

Clicks and keys are real: they reach what lies at that place of the window.
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

SECONDS = 60


def program():
    return next((p for p in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if p), None)


def skip_without():
    if not program():
        print("skipped: no chromium here")
        sys.exit(77)


class Browser:
    def __init__(self):
        skip_without()
        self.next_id = 0
        self.events = []
        self.buffer = b""

    def __enter__(self):
        self.profile = tempfile.mkdtemp(prefix="glane-browser-")
        to_browser, self.write_end = os.pipe()
        self.read_end, from_browser = os.pipe()

        def take_pipes():  # the browser reads from 3 and writes to 4
            low, high = os.dup(to_browser), os.dup(from_browser)
            os.dup2(low, 3)
            os.dup2(high, 4)

        self.process = subprocess.Popen(
            [program(), "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
             "--no-first-run", "--hide-scrollbars", "--disable-background-networking",
             f"--user-data-dir={self.profile}", "--remote-debugging-pipe", "about:blank"],
            preexec_fn=take_pipes, close_fds=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_browser)
        os.close(from_browser)
        return self

    def __exit__(self, *_):
        try:
            self.send("Browser.close")
            self.process.wait(SECONDS)
        except (OSError, EOFError, subprocess.TimeoutExpired):
            self.process.kill()
            self.process.wait()
        for end in (self.write_end, self.read_end):
            os.close(end)
        shutil.rmtree(self.profile, ignore_errors=True)

    def send(self, method, session=None, **params):
        self.next_id += 1
        message = {"id": self.next_id, "method": method, "params": params}
        if session:
            message["sessionId"] = session
        os.write(self.write_end, json.dumps(message).encode() + b"\0")
        return self.next_id

    def receive(self):
        while b"\0" not in self.buffer:
            piece = os.read(self.read_end, 1 << 16)
            if not piece:
                raise EOFError("the browser has ended")
            self.buffer += piece
        message, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(message)

    def call(self, method, session=None, **params):
        wanted = self.send(method, session, **params)
        while True:
            message = self.receive()
            if message.get("id") == wanted:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']['message']}")
                return message["result"]
            if "method" in message:
                self.events.append(message)
                if message["method"] == "Page.javascriptDialogOpening":  # or the page would wait for ever
                    self.send("Page.handleJavaScriptDialog", message["sessionId"], accept=True)

    def open(self, path, width=1400, height=1000, scripts=True):
        """The page of a file, once it is loaded. Without `scripts` it runs none of its own."""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        return Page(self, session, pathlib.Path(path).resolve().as_uri(), width, height, scripts)


class Page:
    def __init__(self, browser, session, address, width, height, scripts):
        self.browser, self.session, self.address = browser, session, address
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(domain + ".enable")
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1,
                  mobile=False)
        if not scripts:
            self.call("Emulation.setScriptExecutionDisabled", value=True)
        self.call("Page.navigate", url=address)
        self.wait("document.readyState === 'complete' && location.href !== 'about:blank'")

    def call(self, method, **params):
        return self.browser.call(method, self.session, **params)

    def value(self, expression):
        """What an expression of JavaScript is, as JSON can say it."""
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in result:
            raise RuntimeError(f"{expression}: {result['exceptionDetails']}")
        return result["result"].get("value")

    def wait(self, expression):
        end = time.monotonic() + SECONDS
        while not self.value(expression):
            if time.monotonic() > end:
                raise TimeoutError(expression)
            time.sleep(0.05)

    def click(self, selector):
        """A click in the middle of the first element, scrolled into view. Fails when another lies over it."""
        place = self.value(f"""(() => {{
            const element = document.querySelector({json.dumps(selector)});
            if (!element) return null;
            element.scrollIntoView({{block: 'center', behavior: 'instant'}});
            const box = element.getClientRects()[0];
            const x = box.x + box.width / 2, y = box.y + box.height / 2;
            const there = document.elementFromPoint(x, y);
            return {{x, y, hit: !!there && (element.contains(there) || there.contains(element))}};
        }})()""")
        if not place or not place["hit"]:
            raise AssertionError(f"{selector} cannot be clicked: {place}")
        for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=place["x"], y=place["y"], button="left", clickCount=1)

    def type(self, selector, text):
        self.click(selector)
        self.call("Input.insertText", text=text)

    def press(self, key):
        """Tab, Enter, Escape …"""
        code = {"Tab": 9, "Enter": 13, "Escape": 27}.get(key, 0)
        text = {"Enter": "\r"}.get(key)
        for kind in ("keyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code,
                      **({"text": text} if text and kind == "keyDown" else {}))

    def choose(self, selector, option):
        """Takes an option of a <select> as a user's choice does."""
        self.value(f"""(() => {{ const box = document.querySelector({json.dumps(selector)});
            box.value = {json.dumps(option)};
            box.dispatchEvent(new Event('input', {{bubbles: true}}));
            box.dispatchEvent(new Event('change', {{bubbles: true}})); }})()""")

    def count(self, selector):
        """How many elements there are that a reader could see."""
        return self.value(f"""[...document.querySelectorAll({json.dumps(selector)})]
            .filter(e => e.checkVisibility ? e.checkVisibility() : e.offsetParent !== null).length""")

    def overflow(self):
        """By how many pixels the page is wider than its window."""
        return self.value("document.documentElement.scrollWidth - document.documentElement.clientWidth")

    def screenshot(self, file):
        import base64
        image = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=False)["data"]
        pathlib.Path(file).write_bytes(base64.b64decode(image))

    def problems(self):
        """Requests but for the page itself, errors of scripts and of the policy, dialogs."""
        found = []
        for event in self.browser.events:
            if event.get("sessionId") != self.session:
                continue
            params = event["params"]
            if event["method"] == "Network.requestWillBeSent" and \
                    params["request"]["url"].partition("#")[0] != self.address:
                found.append("request: " + params["request"]["url"][:200])
            if event["method"] == "Runtime.exceptionThrown":
                found.append("error: " + params["exceptionDetails"]["text"])
            if event["method"] == "Log.entryAdded" and params["entry"]["level"] == "error":
                found.append("error: " + params["entry"]["text"][:300])
            if event["method"] == "Page.javascriptDialogOpening":
                found.append("dialog: " + params["message"])
        return found
