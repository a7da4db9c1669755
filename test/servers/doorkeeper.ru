# frozen_string_literal: true

# Doorkeeper in a Rails application of one file, at the paths of Planio (a Redmine), with as much of its API as names
# an account.
#
#     puma -q -t 1:4 -b tcp://127.0.0.1:PORT doorkeeper.ru
#     (Debian: ruby-doorkeeper ruby-rails ruby-sqlite3 puma ruby-sprockets-rails)
#
# DK_PREV=1 adds the column that Redmine has too: then the old refresh token lives until the new access token is first
# used; without it, it dies with the refresh. PINNED_PORT is the port that the client `pinned` is registered with.
# Ends by itself when its standard input does, so that it never outlives the test that started it.
ENV['RAILS_ENV'] = 'production'

require 'rails'
require 'active_record/railtie'
require 'action_controller/railtie'
require 'action_view/railtie'
require 'sprockets/railtie'
require 'doorkeeper'
require 'fileutils'
require 'tmpdir'

ROOT = Dir.mktmpdir
# A file: puma answers in threads, and SQLite's memory belongs to one connection.
ENV['DATABASE_URL'] = "sqlite3:#{ROOT}/db?timeout=5000"
# Sprockets refuses to start without a manifest.
FileUtils.mkdir_p("#{ROOT}/app/assets/config")
File.write("#{ROOT}/app/assets/config/manifest.js", '')

ODD_SECRET = 'p+q%41:r/s='
PINNED_PORT = ENV.fetch('PINNED_PORT', '53682')
SCOPES = %i[view_project search_project view_members view_issues add_issues].freeze

class Foreign < Rails::Application
  config.root = ROOT
  config.load_defaults 6.1
  config.eager_load = false
  config.secret_key_base = 'for tests only, ' * 4
  config.hosts.clear
  config.logger = Logger.new($stderr, level: Logger::ERROR)
  config.assets.compile = true
end

Doorkeeper.configure do
  orm :active_record
  resource_owner_authenticator do
    User.find_by(id: session[:user]) || redirect_to("/login?#{{ next: request.fullpath }.to_query}")
  end
  resource_owner_from_credentials do
    User.find_by(name: params[:username], password: params[:password])
  end
  grant_flows %w[authorization_code client_credentials password]
  use_refresh_token
  default_scopes(*SCOPES.first(3))
  optional_scopes(*SCOPES.drop(3))
  enforce_configured_scopes
  force_ssl_in_redirect_uri false
end

Foreign.initialize!
ActiveRecord::Base.logger = nil
ActiveRecord::Schema.verbose = false
ActiveRecord::Schema.define do
  create_table(:users) do |t|
    t.string :name
    t.string :password
  end
  create_table(:oauth_applications) do |t|
    t.string :name
    t.string :uid
    t.string :secret
    t.text :redirect_uri
    t.string :scopes, default: ''
    t.boolean :confidential, default: true
    t.timestamps null: false
  end
  create_table(:oauth_access_grants) do |t|
    t.references :resource_owner
    t.references :application
    t.string :token
    t.integer :expires_in
    t.text :redirect_uri
    t.datetime :created_at
    t.datetime :revoked_at
    t.string :scopes
    # With these two columns Doorkeeper checks PKCE.
    t.string :code_challenge
    t.string :code_challenge_method
  end
  create_table(:oauth_access_tokens) do |t|
    t.references :resource_owner
    t.references :application
    t.string :token
    t.string :refresh_token
    t.integer :expires_in
    t.datetime :revoked_at
    t.datetime :created_at
    t.string :scopes
    t.string :previous_refresh_token, default: '', null: false if ENV['DK_PREV'] == '1'
  end
end

class User < ActiveRecord::Base; end

User.create!(name: 'alice', password: 'alice-pw')
User.create!(name: 'ada', password: 'ada-pw')
ANY_PORT = 'http://127.0.0.1/callback'
OUT_OF_BAND = 'urn:ietf:wg:oauth:2.0:oob'
{
  'plain' => ['s3cret-of-plain', ANY_PORT],
  'odd' => [ODD_SECRET, "#{ANY_PORT}\n#{OUT_OF_BAND}"],
  'open' => [nil, "#{ANY_PORT}\n#{OUT_OF_BAND}"],
  'pinned' => [ODD_SECRET, "http://127.0.0.1:#{PINNED_PORT}/callback"]
}.each do |id, (secret, redirect_uri)|
  Doorkeeper::Application.create!(
    name: id, uid: id, secret: secret, redirect_uri: redirect_uri, scopes: SCOPES.join(' '), confidential: !secret.nil?
  )
end

class LoginController < ActionController::Base
  PAGE = <<~HTML
    <%= form_tag('/login') do %>
      <%= hidden_field_tag :next, params[:next] %>
      <input name="username"> <input name="password" type="password"> <button>Log in</button>
    <% end %>
  HTML

  def new
    render inline: PAGE
  end

  def create
    user = User.find_by(name: params[:username], password: params[:password])
    return head(:unauthorized) unless user

    session[:user] = user.id
    redirect_to params[:next]
  end
end

class UsersController < ActionController::API
  before_action :doorkeeper_authorize!

  def current
    user = User.find_by(id: doorkeeper_token.resource_owner_id)
    # A client in its own name.
    return render(json: { user: { id: 0, login: doorkeeper_token.application.name } }) unless user

    render json: {
      user: { id: user.id, login: user.name, firstname: 'Alice', lastname: 'Foreign', mail: 'alice@example.com' }
    }
  end
end

Foreign.routes.draw do
  use_doorkeeper
  get '/login', to: 'login#new'
  post '/login', to: 'login#create'
  get '/users/current.json', to: 'users#current'
end

Thread.new do
  $stdin.read
  exit!
end

run Foreign
