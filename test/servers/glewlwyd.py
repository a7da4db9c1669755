# Glewlwyd 2 with its plugin for OpenID Connect at /api/oidc, set up by its own administration API on an SQLite database in
# the temporary folder that it is started in. People sign in and allow on its own pages; Alice has allowed the client `odd`
# before, everything else she is asked for.
#
#     /usr/bin/python3 glewlwyd.py PORT          (Debian: glewlwyd)
#
# PINNED_PORT in the environment is the port of the redirect URIs, which it compares to the character. Its issuer is
# http://127.0.0.1:PORT/api/oidc. Ends when its standard input does, so that it never outlives the test that started it.
import ctypes
import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request

PORT = int(sys.argv[1])
PINNED_PORT = os.environ.get('PINNED_PORT', '53682')
ODD_SECRET = 'p+q%41:r/s='
CALLBACKS = [f'http://127.0.0.1:{PINNED_PORT}/callback', f'http://localhost:{PINNED_PORT}/oauth/callback']
HERE = os.getcwd()
ROOT = f'http://127.0.0.1:{PORT}'

CONFIGURATION = f"""
port={{port}}
bind_address="127.0.0.1"
external_url="{ROOT}"
login_url="login.html"
api_prefix="api"
static_files_path="{HERE}/pages/"
log_mode="console"
log_level="ERROR"
cookie_secure=0
session_expiration=2419200
session_key="GLEWLWYD2_SESSION_ID"
admin_scope="g_admin"
profile_scope="g_profile"
user_module_path="/usr/lib/glewlwyd/user"
client_module_path="/usr/lib/glewlwyd/client"
user_auth_scheme_module_path="/usr/lib/glewlwyd/scheme"
plugin_module_path="/usr/lib/glewlwyd/plugin"
hash_algorithm="SHA512"
database={{{{ type="sqlite3" path="{HERE}/glewlwyd.db" }}}}
static_files_mime_types=(
  {{{{ extension=".html" mime_type="text/html" }}}}, {{{{ extension=".css" mime_type="text/css" }}}},
  {{{{ extension=".js" mime_type="application/javascript" }}}}, {{{{ extension=".json" mime_type="application/json" }}}}
)
"""

PLUGIN = {
    'iss': f'{ROOT}/api/oidc',
    'jwt-type': 'rsa',
    'jwt-key-size': '256',
    'jwks-show': True,
    'access-token-duration': 3600,
    'refresh-token-duration': 1209600,
    'refresh-token-rolling': False,
    'refresh-token-one-use': 'always',
    'code-duration': 600,
    # Beside what OpenID Connect knows: a password, and the client's own credentials.
    'allow-non-oidc': True,
    'auth-type-code-enabled': True,
    'auth-type-token-enabled': True,
    'auth-type-password-enabled': True,
    'auth-type-client-enabled': True,
    'auth-type-device-enabled': True,
    'auth-type-refresh-enabled': True,
    'auth-type-implicit-enabled': True,
    'auth-type-none-enabled': False,
    'device-authorization-expiration': 600,
    'device-authorization-interval': 1,
    'pkce-allowed': True,
    'pkce-method-plain-allowed': True,
    'introspection-revocation-allowed': True,
    'introspection-revocation-allow-target-client': True,
    'oauth-par-allowed': True,
    'oauth-par-required': False,
    'oauth-par-duration': 90,
    'oauth-par-request_uri-prefix': 'urn:ietf:params:oauth:request_uri:',
    'oauth-as-iss-id': True,
    'subject-type': 'public',
    'allowed-scope': ['openid', 'read', 'write'],
    'name-claim': 'mandatory',
    'email-claim': 'no',
    'request-parameter-allow': True,
    'encrypt-out-token-allow': False,
    'session-management-allowed': False,
}


def start(port):
    with open(f'{HERE}/glewlwyd.conf', 'w') as file:
        file.write(CONFIGURATION.format(port=port))
    command = ['/usr/bin/glewlwyd', '-c', f'{HERE}/glewlwyd.conf']
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=2, preexec_fn=end_with_this_process)


def end_with_this_process():
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG


def free_port():
    with socket.socket() as one:
        one.bind(('127.0.0.1', 0))
        return one.getsockname()[1]


class Administration:
    def __init__(self, root):
        self.root, self.cookie = root, ''

    def call(self, method, path, body=None):
        headers = {'content-type': 'application/json', 'cookie': self.cookie}
        request = urllib.request.Request(self.root + path, json.dumps(body).encode(), headers, method=method)
        try:
            with urllib.request.urlopen(request) as response:
                self.cookie = (response.headers['set-cookie'] or self.cookie).split(';')[0]
        except urllib.error.HTTPError as error:
            raise SystemExit(f'{method} {path}: {error.code} {error.read().decode()}')


def wait_for(server, port):
    while server.poll() is None:
        try:
            return socket.create_connection(('127.0.0.1', port)).close()
        except OSError:
            time.sleep(0.02)
    raise SystemExit('Glewlwyd ended at once')


def set_up(port):
    administration = Administration(f'http://127.0.0.1:{port}/api')
    administration.call('POST', '/auth/', {'username': 'admin', 'password': 'password'})
    for name in ('read', 'write'):
        administration.call('POST', '/scope/', {'name': name, 'display_name': name, 'password_required': True})
    person = {'name': 'Alice', 'email': 'alice@example.com', 'enabled': True, 'scope': ['openid', 'read', 'write']}
    administration.call('POST', '/user/', {'username': 'alice', 'password': 'alice-pw', **person})
    key = subprocess.run(['openssl', 'genrsa', '2048'], capture_output=True, text=True, check=True).stdout
    public = subprocess.run(['openssl', 'rsa', '-pubout'], input=key, capture_output=True, text=True, check=True).stdout
    administration.call(
        'POST',
        '/mod/plugin/',
        {
            'module': 'oidc',
            'name': 'oidc',
            'display_name': 'OpenID Connect',
            'enabled': True,
            'parameters': {**PLUGIN, 'key': key, 'cert': public},
        },
    )
    grants = ['code', 'refresh_token', 'password', 'client_credentials', 'device_authorization']
    known = {'name': 'A client', 'enabled': True, 'redirect_uri': CALLBACKS, 'authorization_type': grants}
    methods = ['client_secret_basic', 'client_secret_post']
    secret = {'confidential': True, 'client_secret': ODD_SECRET, 'token_endpoint_auth_method': methods}
    administration.call('POST', '/client/', {**known, **secret, 'client_id': 'odd', 'scope': ['read', 'openid']})
    without_secret = {'confidential': False, 'token_endpoint_auth_method': ['none']}
    administration.call('POST', '/client/', {**known, **without_secret, 'client_id': 'open'})
    alice = Administration(f'http://127.0.0.1:{port}/api')
    alice.call('POST', '/auth/', {'username': 'alice', 'password': 'alice-pw'})
    alice.call('PUT', '/auth/grant/odd', {'scope': 'openid read'})


def copy_pages():
    """Without what Debian links to elsewhere, which is not served; its configuration lies deeper than its link leads."""
    pages = f'{HERE}/pages'
    shutil.copytree('/usr/share/glewlwyd/webapp', pages, ignore=shutil.ignore_patterns('config.json', 'css', 'fonts'))
    shutil.copy('/etc/glewlwyd/config-2.7.json/config.json', pages)


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    copy_pages()
    database = sqlite3.connect(f'{HERE}/glewlwyd.db')
    with open('/usr/share/dbconfig-common/data/glewlwyd/install/sqlite3') as file:
        database.executescript(file.read())
    database.close()
    # Set up at another port, so that nobody takes it for ready before it is.
    port = free_port()
    server = start(port)
    try:
        wait_for(server, port)
        set_up(port)
        # Asked to end, it takes its time.
        server.kill()
        server.wait()
        server = start(PORT)
        sys.stdin.buffer.read()
    finally:
        server.kill()


main()
