# Authlib in a Flask application of one file, as its documentation puts one together: every grant that it has, PKCE
# demanded of clients without a secret, OpenID Connect with signed ID tokens, introspection, revocation, and the issuer
# in the redirect (RFC 9207). Its metadata is published at both well-known addresses.
#
#     PYTHONPATH=<authlib-requirements.txt, installed> /usr/bin/python3 authlib-flask.py PORT
#
# PINNED_PORT in the environment is the port of the redirect URI that `own` is registered with. The client `forged` gets
# ID tokens with another nonce than it asked for. Refresh tokens rotate: the old one dies with the refresh.
# Ends by itself when its standard input does, so that it never outlives the test that started it.
import os
import sys
import threading
import time

from authlib.integrations.flask_oauth2 import AuthorizationServer, ResourceProtector, current_token
from authlib.oauth2.rfc6749 import ClientMixin, OAuth2Error, TokenMixin, grants
from authlib.oauth2.rfc6750 import BearerTokenValidator
from authlib.oauth2.rfc7009 import RevocationEndpoint
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oauth2.rfc7662 import IntrospectionEndpoint
from authlib.oauth2.rfc8628 import DeviceAuthorizationEndpoint, DeviceCodeGrant, DeviceCredentialDict
from authlib.oauth2.rfc9207 import IssuerParameter
from authlib.oidc.core import AuthorizationCodeMixin, UserInfo
from authlib.oidc.core.grants import OpenIDCode
from flask import Flask, jsonify, redirect, render_template_string, request, session
from joserfc.jwk import KeySet, RSAKey

PORT = int(sys.argv[1])
ISSUER = f'http://127.0.0.1:{PORT}'
OWN = f"http://localhost:{os.environ.get('PINNED_PORT', '53682')}/oauth/callback"
ANY_PORT = 'http://127.0.0.1/callback'
ODD_SECRET = 'p+q%41:r/s='
DEVICE_CODE = DeviceCodeGrant.GRANT_TYPE
SCOPES = {'openid', 'profile', 'read', 'write'}
METHODS = ['client_secret_basic', 'client_secret_post', 'none']
PEOPLE = {'alice': 'alice-pw', 'ada': 'ada-pw'}
KEYS = KeySet([RSAKey.generate_key(2048, {'kid': 'first', 'use': 'sig', 'alg': 'RS256'})])


class Client(ClientMixin):
    def __init__(self, client_id, secret, redirect_uri=ANY_PORT, methods=METHODS[:2]):
        self.client_id, self.secret, self.redirect_uri, self.methods = client_id, secret, redirect_uri, methods
        self.client_metadata = {'id_token_signed_response_alg': 'RS256'}

    def get_client_id(self):
        return self.client_id

    def get_default_redirect_uri(self):
        return self.redirect_uri

    def get_allowed_scope(self, scope):
        return ' '.join(one for one in (scope or '').split() if one in SCOPES)

    # The library leaves it to the program around it whether any port of 127.0.0.1 is meant (RFC 8252 §7.3).
    def check_redirect_uri(self, uri):
        start, end = ANY_PORT.replace('/callback', ':'), '/callback'
        is_any = uri.startswith(start) and uri.endswith(end) and uri[len(start) : -len(end)].isdigit()
        return uri == self.redirect_uri or (self.redirect_uri == ANY_PORT and is_any)

    def check_client_secret(self, secret):
        return secret == self.secret

    def check_endpoint_auth_method(self, method, endpoint):
        return method in self.methods

    def check_response_type(self, response_type):
        return response_type == 'code'

    def check_grant_type(self, grant_type):
        return True


clients = {
    client.client_id: client
    for client in (
        Client('odd', ODD_SECRET),
        Client('open', '', methods=['none']),
        Client('blank', 'two words'),
        Client('basic-only', ODD_SECRET, methods=['client_secret_basic']),
        Client('own', ODD_SECRET, OWN),
        Client('forged', ODD_SECRET),
    )
}


class Token(dict, TokenMixin):
    """What was issued, with client_id and user beside it."""

    revoked = False

    def __getattr__(self, name):
        return self[name]

    def check_client(self, client):
        return self.client_id == client.client_id

    def get_scope(self):
        return self['scope']

    def get_expires_in(self):
        return self['expires_in']

    def is_expired(self):
        return self['issued_at'] + self['expires_in'] < time.time()

    def is_revoked(self):
        return self.revoked

    def get_user(self):
        return self['user']

    def get_client(self):
        return clients[self.client_id]


class Code(dict, AuthorizationCodeMixin):
    code_challenge = property(lambda self: self['challenge'])
    code_challenge_method = property(lambda self: self['method'])

    def get_redirect_uri(self):
        return self['redirect_uri']

    def get_scope(self):
        return self['scope']

    def get_nonce(self):
        return 'somebody-else' if self['client_id'] == 'forged' else self['nonce']

    def get_auth_time(self):
        return self['auth_time']

    def get_acr(self):
        return None

    def get_amr(self):
        return None


tokens, codes, devices, decisions = [], {}, {}, {}


def find_token(text, hint=None):
    kinds = [hint] if hint else ['access_token', 'refresh_token']
    return next((token for token in tokens for kind in kinds if token.get(kind) == text), None)


class AuthorizationCodeGrant(grants.AuthorizationCodeGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = METHODS

    def save_authorization_code(self, code, request):
        asked = request.payload.data
        facts = {'client_id': request.client.client_id, 'redirect_uri': asked.get('redirect_uri'), 'scope': request.scope}
        pkce = {'challenge': asked.get('code_challenge'), 'method': asked.get('code_challenge_method')}
        codes[code] = Code(
            **facts, **pkce, code=code, nonce=asked.get('nonce'), user=request.user, auth_time=int(time.time())
        )

    def query_authorization_code(self, code, client):
        found = codes.get(code)
        return found if found and found['client_id'] == client.client_id else None

    def delete_authorization_code(self, code):
        del codes[code['code']]

    def authenticate_user(self, code):
        return code['user']


class OpenID(OpenIDCode):
    def resolve_client_private_key(self, client):
        return KEYS

    def get_client_claims(self, client):
        return {'iss': ISSUER, 'aud': [client.client_id]}

    def exists_nonce(self, nonce, request):
        return any(code['nonce'] == nonce for code in codes.values())

    def generate_user_info(self, user, scope):
        return UserInfo(sub=user, name=user.capitalize()).filter(scope)


class RefreshTokenGrant(grants.RefreshTokenGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = METHODS
    INCLUDE_NEW_REFRESH_TOKEN = True

    def authenticate_refresh_token(self, refresh_token):
        token = find_token(refresh_token, 'refresh_token')
        return None if token is None or token.revoked else token

    def authenticate_user(self, token):
        return token['user']

    def revoke_old_credential(self, token):
        token.revoked = True


class PasswordGrant(grants.ResourceOwnerPasswordCredentialsGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = METHODS

    def authenticate_user(self, username, password):
        return username if PEOPLE.get(username) == password else None


class DeviceEndpoint(DeviceAuthorizationEndpoint):
    CLIENT_AUTH_METHODS = METHODS
    INTERVAL = 1

    def get_verification_uri(self):
        return f'{ISSUER}/device'

    def save_device_credential(self, client_id, scope, data):
        expires_at = time.time() + data['expires_in']
        devices[data['device_code']] = DeviceCredentialDict(data, client_id=client_id, scope=scope, expires_at=expires_at)


class Device(DeviceCodeGrant):
    def query_device_credential(self, device_code):
        return devices.get(device_code)

    def query_user_grant(self, user_code):
        return decisions.get(user_code)

    def should_slow_down(self, credential):
        return False


class Revocation(RevocationEndpoint):
    CLIENT_AUTH_METHODS = METHODS

    def query_token(self, token_string, token_type_hint):
        return find_token(token_string, token_type_hint)

    def revoke_token(self, token, request):
        token.revoked = True


class Introspection(IntrospectionEndpoint):
    CLIENT_AUTH_METHODS = METHODS[:2]

    def query_token(self, token_string, token_type_hint):
        return find_token(token_string, token_type_hint)

    def check_permission(self, token, client, request):
        return token.check_client(client)

    def introspect_token(self, token):
        end = token['issued_at'] + token['expires_in']
        facts = {'client_id': token.client_id, 'scope': token['scope'], 'exp': end, 'iat': token['issued_at']}
        return {**facts, 'iss': ISSUER, 'sub': token['user'], 'username': token['user']}


class Issuer(IssuerParameter):
    def get_issuer(self):
        return ISSUER


class Bearer(BearerTokenValidator):
    def authenticate_token(self, token_string):
        return find_token(token_string, 'access_token')


def save_token(token, request):
    facts = {'client_id': request.client.client_id, 'user': request.user, 'issued_at': int(time.time())}
    tokens.append(Token({**token, 'scope': token.get('scope') or ''}, **facts))


app = Flask(__name__)
app.config.update(SECRET_KEY='for tests only', OAUTH2_REFRESH_TOKEN_GENERATOR=True, OAUTH2_SCOPES_SUPPORTED=SCOPES)
server = AuthorizationServer(app, query_client=clients.get, save_token=save_token)
server.register_grant(AuthorizationCodeGrant, [CodeChallenge(required=True), OpenID()])
for grant in (RefreshTokenGrant, PasswordGrant, Device, grants.ClientCredentialsGrant):
    server.register_grant(grant)
for endpoint in (DeviceEndpoint, Revocation, Introspection):
    server.register_endpoint(endpoint)
server.register_extension(Issuer())
protected = ResourceProtector()
protected.register_token_validator(Bearer())

LOGIN = '<form method="post"><input name="username"><input name="password" type="password"><button>Log in</button></form>'
CONSENT = """<p>{{ words }}</p><form method="post">{% if code %}<input name="user_code" type="text">{% endif %}
<button name="decision" value="allow">Allow</button><button name="decision" value="deny">Deny</button></form>"""


def logged_in_first(page):
    """The page behind the login."""

    def view():
        if request.method == 'POST' and 'username' in request.form:
            name = request.form['username']
            if PEOPLE.get(name) == request.form['password']:
                session['user'] = name
            return redirect(request.url)
        return page(session['user']) if 'user' in session else LOGIN

    view.__name__ = page.__name__
    return view


@app.route('/authorize', methods=['GET', 'POST'])
@logged_in_first
def authorize(user):
    try:
        grant = server.get_consent_grant(end_user=user)
    except OAuth2Error as error:
        return server.handle_error_response(server.create_oauth2_request(None), error)
    if request.method == 'GET':
        return render_template_string(CONSENT, words=grant.client.client_id)
    allowed = request.form['decision'] == 'allow'
    return server.create_authorization_response(grant=grant, grant_user=user if allowed else None)


@app.route('/device', methods=['GET', 'POST'])
@logged_in_first
def device(user):
    if request.method == 'GET':
        return render_template_string(CONSENT, words='A device asks', code=True)
    decisions[request.form['user_code']] = (user, request.form['decision'] == 'allow')
    return 'Go back to your device.'


@app.post('/token')
def token():
    return server.create_token_response()


@app.post('/<any(device_authorization, revocation, introspection):name>')
def endpoint(name):
    return server.create_endpoint_response(name)


@app.get('/api/me')
@protected('read')
def me():
    return jsonify(sub=current_token['user'] or current_token['client_id'])


@app.get('/userinfo')
@protected('openid')
def userinfo():
    return jsonify(OpenID().generate_user_info(current_token['user'], current_token['scope']))


@app.get('/jwks')
def jwks():
    return jsonify(KEYS.as_dict(private=False))


@app.get('/.well-known/oauth-authorization-server')
@app.get('/.well-known/openid-configuration')
def metadata():
    paths = {
        'authorization_endpoint': 'authorize',
        'token_endpoint': 'token',
        'device_authorization_endpoint': 'device_authorization',
        'revocation_endpoint': 'revocation',
        'introspection_endpoint': 'introspection',
        'userinfo_endpoint': 'userinfo',
        'jwks_uri': 'jwks',
    }
    return jsonify(
        issuer=ISSUER,
        **{name: f'{ISSUER}/{path}' for name, path in paths.items()},
        scopes_supported=sorted(SCOPES),
        response_types_supported=['code'],
        grant_types_supported=['authorization_code', 'refresh_token', 'client_credentials', 'password', DEVICE_CODE],
        token_endpoint_auth_methods_supported=METHODS,
        code_challenge_methods_supported=['S256', 'plain'],
        subject_types_supported=['public'],
        id_token_signing_alg_values_supported=['RS256'],
        authorization_response_iss_parameter_supported=True,
    )


def end_with_standard_input():
    sys.stdin.buffer.read()
    os._exit(0)


threading.Thread(target=end_with_standard_input, daemon=True).start()
app.run(host='127.0.0.1', port=PORT, threaded=True)
