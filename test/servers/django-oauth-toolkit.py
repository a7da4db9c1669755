# django-oauth-toolkit as it comes, mounted at Plane's paths, with as much of Plane's API as names an account.
#
#     /usr/bin/python3 django-oauth-toolkit.py PORT          (Debian: python3-django-oauth-toolkit)
#
# PINNED_PORT in the environment is the port of the redirect URIs that `pinned`, `own-localhost` and `own-ipv6` are registered with.
# The clients `odd-bot` and `open-bot` are installed at the authorization endpoint, as Plane's apps are: the redirect brings
# app_installation_id, without which no token request of theirs is answered. POST /end-token/ lets an access token end.
# The same endpoints stand a second time under /stock, where revocation is the library's own: it reads forms only.
# Ends by itself when its standard input does, so that it never outlives the test that started it.
import json
import os
import sys
import tempfile
import threading
import uuid
from urllib.parse import urlencode

import django
from django.conf import settings

PORT = sys.argv[1]
PINNED_PORT = os.environ.get('PINNED_PORT', '53682')
ODD_SECRET = 'p+q%41:r/s='

LOGIN_PAGE = '<form method="post">{% csrf_token %}{{ form.as_p }}<button>Log in</button></form>'

settings.configure(
    SECRET_KEY='for tests only',
    DEBUG=False,
    ALLOWED_HOSTS=['127.0.0.1'],
    ROOT_URLCONF='__main__',
    LOGIN_URL='/login/',
    STATIC_URL='/static/',
    USE_TZ=True,
    DEFAULT_AUTO_FIELD='django.db.models.AutoField',
    # A file: the server answers in threads, and SQLite's memory belongs to one connection.
    DATABASES={'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': os.path.join(tempfile.mkdtemp(), 'db')}},
    # The default hasher takes a third of a second on purpose.
    PASSWORD_HASHERS=['django.contrib.auth.hashers.MD5PasswordHasher'],
    INSTALLED_APPS=[
        'django.contrib.auth',
        'django.contrib.contenttypes',
        'django.contrib.sessions',
        'oauth2_provider',
    ],
    MIDDLEWARE=[
        'django.contrib.sessions.middleware.SessionMiddleware',
        'django.middleware.csrf.CsrfViewMiddleware',
        'django.contrib.auth.middleware.AuthenticationMiddleware',
    ],
    TEMPLATES=[
        {
            'BACKEND': 'django.template.backends.django.DjangoTemplates',
            'OPTIONS': {
                'context_processors': ['django.template.context_processors.request'],
                'loaders': [
                    ('django.template.loaders.locmem.Loader', {'login.html': LOGIN_PAGE}),
                    'django.template.loaders.app_directories.Loader',
                ],
            },
        },
    ],
    OAUTH2_PROVIDER={
        'SCOPES': {'read': 'Read', 'write': 'Write'},
        # For the redirect URI that asks for a page with the code on it.
        'ALLOWED_REDIRECT_URI_SCHEMES': ['http', 'https', 'urn'],
    },
)
django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.contrib.auth.views import LoginView  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.http import HttpResponse, JsonResponse, QueryDict  # noqa: E402
from django.urls import include, path  # noqa: E402
from django.utils import timezone  # noqa: E402
from django.views.decorators.csrf import csrf_exempt  # noqa: E402
from oauth2_provider import views  # noqa: E402
from oauth2_provider.decorators import protected_resource  # noqa: E402
from oauth2_provider.models import AccessToken, Application  # noqa: E402

call_command('migrate', verbosity=0)

alice = User.objects.create_user('alice', password='alice-pw', email='alice@example.com')
User.objects.create_user('ada', password='ada-pw', email='ada@example.com')

# Without a port in its registration a client may come back to any port of 127.0.0.1; with one, to that one only.
ANY_PORT = 'http://127.0.0.1/callback'
PINNED = f'http://127.0.0.1:{PINNED_PORT}/callback'
# Redirect URIs that were registered before anybody thought of Grantdesk.
LOCALHOST = f'http://localhost:{PINNED_PORT}/oauth/callback'
IPV6 = f'http://[::1]:{PINNED_PORT}/cb'
WEB = 'https://myapp.example/auth/plannr/callback'
OUT_OF_BAND = 'urn:ietf:wg:oauth:2.0:oob'
# A client has one grant here.
CODE = Application.GRANT_AUTHORIZATION_CODE
MACHINE = Application.GRANT_CLIENT_CREDENTIALS
PASSWORD = Application.GRANT_PASSWORD
for client_id, secret, grant, redirect_uris in (
    ('plain', 's3cret-of-plain', CODE, ANY_PORT),
    ('odd', ODD_SECRET, CODE, f'{ANY_PORT} {OUT_OF_BAND}'),
    ('odd-machine', ODD_SECRET, MACHINE, ''),
    ('odd-password', ODD_SECRET, PASSWORD, ''),
    ('open', '', CODE, f'{ANY_PORT} {OUT_OF_BAND}'),
    ('open-machine', '', MACHINE, ''),
    ('open-password', '', PASSWORD, ''),
    ('pinned', ODD_SECRET, CODE, PINNED),
    ('own-localhost', ODD_SECRET, CODE, LOCALHOST),
    ('own-ipv6', ODD_SECRET, CODE, IPV6),
    ('own-web', ODD_SECRET, CODE, WEB),
    ('odd-bot', ODD_SECRET, CODE, ANY_PORT),
    ('open-bot', '', CODE, ANY_PORT),
):
    Application.objects.create(
        client_id=client_id,
        client_secret=secret,
        client_type=Application.CLIENT_CONFIDENTIAL if secret else Application.CLIENT_PUBLIC,
        authorization_grant_type=grant,
        redirect_uris=redirect_uris,
        name=client_id,
        user=alice,
    )

BOTS = ('odd-bot', 'open-bot')
# What the library says to do for a client with more than one grant.
one_grant = Application.allows_grant_type
Application.allows_grant_type = lambda self, *types: one_grant(self, *types) or (self.client_id in BOTS and MACHINE in types)

# The client of each installation, and the installation of each bot token.
installed = {}
installation_of = {}


class Installing(views.AuthorizationView):
    def redirect(self, redirect_to, application):
        if application and application.client_id in BOTS and 'code=' in redirect_to:
            installation = str(uuid.uuid4())
            installed[installation] = application.client_id
            redirect_to += '&' + urlencode({'app_installation_id': installation})
        return super().redirect(redirect_to, application)


stock_token = views.TokenView.as_view()


@csrf_exempt
def token_of_installation(request):
    response = stock_token(request)
    issued = json.loads(response.content).get('access_token') if response.status_code == 200 else None
    token = AccessToken.objects.filter(token=issued).first()
    if token is None or token.application.client_id not in BOTS:
        return response
    installation = request.POST.get('app_installation_id')
    if installed.get(installation) != token.application.client_id:
        token.delete()
        words = {'error': 'invalid_request', 'error_description': 'There is no such app_installation_id.'}
        return JsonResponse(words, status=400)
    installation_of[issued] = installation
    return response


@csrf_exempt
def end_token(request):
    ended = AccessToken.objects.filter(token=request.POST['token']).update(expires=timezone.now())
    return HttpResponse(status=204 if ended else 404)


stock_revocation = views.RevokeTokenView.as_view()


@csrf_exempt
def revocation_by_json(request):
    """Plane's own client sends its revocations as JSON; the library reads forms only."""
    if request.content_type == 'application/json':
        form = QueryDict(mutable=True)
        form.update(json.loads(request.body))
        request.POST = form
    return stock_revocation(request)


# The decorator answers a dead token with an empty 403, where most APIs say 401.
@protected_resource(scopes=['read'])
def me(request):
    user = request.resource_owner
    token = AccessToken.objects.get(token=request.headers['Authorization'].split()[1])
    if user is None:
        name = token.application.name
        return JsonResponse({'id': name, 'display_name': name, 'principal_kind': 'bot', 'scopes': token.scope.split()})
    return JsonResponse(
        {
            'id': str(user.pk),
            'display_name': user.username.capitalize(),
            'email': user.email,
            'principal_kind': 'user',
            'scopes': token.scope.split(),
        }
    )


@protected_resource(scopes=['read'])
def installations(request):
    # A bot knows its own installation, a person the one of the workspace.
    own = installation_of.get(request.headers['Authorization'].split()[1], 'installation-1')
    if request.GET.get('id', own) != own:
        return JsonResponse([], safe=False)
    workspace = {'id': 'workspace-1', 'name': 'Foreign Works', 'slug': 'foreign-works'}
    installation = {'id': own, 'workspace_detail': workspace, 'status': 'installed', 'workspace': 'workspace-1', 'app_bot': 'bot-1'}
    return JsonResponse([installation], safe=False)


def plane(revocation):
    return [
        path('auth/o/authorize-app/', Installing.as_view()),
        path('auth/o/token/', token_of_installation),
        path('auth/o/revoke-token/', revocation),
        path('auth/o/introspect/', views.IntrospectTokenView.as_view()),
        path('auth/o/app-installation/', installations),
        path('api/v2/users/me/', me),
    ]


urlpatterns = [
    path('end-token/', end_token),
    path('login/', LoginView.as_view(template_name='login.html')),
    # The library's templates and error pages look names up in its own table of addresses.
    path('library/', include('oauth2_provider.urls', namespace='oauth2_provider')),
    path('stock/', include(plane(stock_revocation))),
    *plane(revocation_by_json),
]


def end_with_standard_input():
    sys.stdin.buffer.read()
    os._exit(0)


threading.Thread(target=end_with_standard_input, daemon=True).start()
call_command('runserver', f'127.0.0.1:{PORT}', use_reloader=False)
