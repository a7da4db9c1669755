// Words that stand in what servers and we say. A secret that is made of them cannot be told from an ordinary text.

import { once } from './once.ts'

/** Lower case; letters only. Made when it is first asked for: few commands look for secrets in a text. */
export const ordinaryWords = once(
  (): ReadonlySet<string> =>
    new Set(
      `
abort aborted about above absent absolute accept acceptable accepted accepts access accessible account accounts acme
act action actions active actor acts add added adding addition address addresses adds adjusted admin administrator
advice aes after afterwards again against agenda agent agents agile ahead alarm alert algorithm alice alike alive
all allow allowed allows alone along alpha already also although always am amended among amount an and andrew anew
animal anonymous another answer answered answers any anybody anyone anything anyway anywhere apart api apis app
appears append apple application applications apply apps april architecture are argument arguments aria around array
arrived arrow arrows as asdfgh asdfghjkl aside ask asked asking asks assertion async asynchronous at atomic
atomically attempt attempts attention attribute aud audience audit august auth authenticate authenticated
authenticates authentication authorities authority authorization authorize authorized auto automatic automatically
autumn availability available await awaited awaiting away azure back backed backend backing backup backups bad badge
banana band bar bare base baseball basic batman baz be bearer because become becomes been before began begin
beginning begins begun behind being belong belongs below bench beside beta between beyond binary binding biome
birdview black blank blanks block blue bodies body book boolean boot bot both bottom bound bounded bounds box braces
brackets branch bread break bring brings broken brought brown browse browser browsers buffer build builds built
bundle burst business busy but butter button buttons by bye byte bytes ca cache call callback called caller callers
calls came camel can canary cancel cancellation cancelled cancels cannot card carried carries carry case catalogue
catch category cause caution cell cert certificate certificates certs challenge change changed changeme changer
changes changing channel character characters charge charlie charset chat check checkbox checked checks cheese
cherry chevron chicken children choice choices choose chooser chooses choosing chosen chromium chunk chunked chunks
ci cipher ciphertext circle city claim claims class classes clear clears click client clients clipboard clock close
closed closes closing cloud code codec codemirror codes coffee cold collection color column columns com combobox
come comes command commands commas comment common community compact company compare compared compares comparison
compile complete component components compressed computer concat conf confidential config configuration confirm
confirmed conflict connect connected connecting connection connections connector connects consent console const
constructor contact contain contains content contents context contexts continue contract contributing control
controller cookie copied copies copy core cores correct cost costs could count countdown counted counting country
counts cover cpu crash create created creation credential credentials cross crypto csrf css csv ctrl curl current
custom customer cut damage damaged daniel dark dashboard data database date day days dd dead deadline debug december
decide decided decides decipher decision declared declined decode decoded decoder decrypts deep default defaults
definition deflate delay delete deleted deliver delivery demo denied deny depend dependencies deploy deprecated deps
derivation derived describe described describes description descriptions descriptor desktop destroy detail details
dev develop developer developers development device dialog did different differs digest digits dim dir direct
direction directly directory dirname disabled discard disclosure disconnected discover discovery discriminated disk
dismiss dismissed dispatch dispatcher display disposition div dl dns do docs doctor document documentation documents
does dom domain domains done door dot dotted doubt down downloads dpop draft drafts dragon draw drawn driver drop
dropped drops dt due dummy durability duration during dynamic each eagle earlier east edit editing edition editor
editors edits effect either electron element else elsewhere email empty en enabled encode encoded encoding encrypted
encrypts end ended ending endpoint endpoints ends enforced engine english enough ensure enter entered entries entry
enum environment epoch equal err error errors escape escaped etag even event events ever every everybody everything
everywhere exact exactly example exception exchange exchanged exchanges exclusively exec existing exists exit exp
expand expect expected expire expired expires expiring expiry export exported exports expose exposed extends
external extra extract extras facebook fact facts fail failed fails failure failures falcon falls false family far
fd feature february feed fetch few fewer field fields fifth figures file files fill filled fills filter final
finally find finding finds finish fire firm first fit fits five fixed flat flex flow flower flows flush flushes
focus folder folders follow followed follows foo foot football footer for forbidden force forest forge forget
forgets forgotten form format formats forms forward found four fragment frame frames free fresh friday friend from
front frontend fs full function functions further fuzz gap garbage garden gate gateway gave gcm general generic
george get gets gh git gitea github gitlab give given gives global gnome go goes gold golden gone good google got
grant grantdesk granted grants graph green group groups grow grows guess guesses guessing guest guide guitar gzip
had half hand handed handle handler hands handshake happen happened happens happy hard harm harmless has hash have
head header headers heading headless health heap height held hello help her here hex hi hidden hide hides high hint
his history hkdf hmac hockey hold holder holds home horse host hostile hostname hosts hour hours house how however
html http https human hundred hunter hyphens iat icon icons id identifier identify identity idle ids if ignore
ignored ignoring iloveyou image immutable implementation implicit import imported in inactive include included
includes incoming incomplete incorrect index indexed indicators infer info information init initial inner input
inputs inserted inside insists inspect inspection install installation installed installs instance instanceof
instead insufficient int integer integration intent intents interaction interface internal internet interrupted
interval into invalid invalidated inventory invoice io is iss issue issued issuer issues it item items iterations
its itself iv january java javascript jennifer jessica jira job join joined joins jordan jose js json july june just
jwe jwes jwks jwt keep keeps kept kernel key keyboard keychain keyring keys kill killed killer kills kind kinds kit
kitten know known knows label lacks language laptop large largest last lasting lasts late later latest launch layer
lazy ldap lead leading leads least leave leaves leaving left legacy legal lemon length less let letmein lets letters
level li library license lie lies life lifetime light like limit limits line linear lines link links lint linux list
listed listen listener listeners listening listens listing lists literal little live lives living load loaded
loading loads local localhost localized location lock locked locking locks log login logout logs long longer longest
look looked looks loop loopback lose loses lost love lower machine made mail main make makes malformed manage
manager mandatory mantine manual many map march margin mark marked market marks master match matched matches math
matrix max maximum may mb md me mean meaning means meant meanwhile measure measured mechanism media median megabytes
member members memo memory mended menu merge merges message messages meta metadata method methods metric mfa michael
microsoft middle milliseconds min miniature minimum minute minutes mismatch mismatching missed missing mobile modal
mode model modify module modules moment monday money monitor monkey mono month months more most mountain mouse move
moved moves ms much multi multipart music must mutex mutual my name named names naming narrow national native
navigation nbf need needed needs negotiate neither net network never new newer newest newline news next no nobody
node non nonce none nonexistent nor normal north not note noted notes nothing notice noticed notification
notifications november now nowhere npm npx null nullable number numbers oauth object obstacle obtained octet october
of off offer offered offers offline often oidc ok okay old older oldest omit on once one ones online only opaque
open opened opener openid opening opens operation operations option optional options or orange order ordinary org
origin origins other others otherwise our ours out outage outcome outdated output outside over override overwrite
overwritten own owner ownership owns pac package packages page pages paint pair pairs palette panel param parameter
parameters params parent parse parsed parses part partial parties partner parts party pass passed passes passphrase
passwd password paste pasted pastes patch path pathname paths pattern patterns pause pauses payload payment pbkdf
pem pending people per percent performance permanent permission permissions person personal pfx phone piano pick
picker picture pictures pid piece pieces pkce pkcs place placed placeholder placeholders placement places plain
plaintext plan plane planio planner plannr plannrcrm platform player please plugin plus png point points pokemon
policy polite pool port portal ports post power practice pre preferred prefix preflight prepare prepared presence
present presets press pretty prevent preview previous price primary princess printed printer printf prints private
probe problem problems proc procedure procedures proceed process processes product production profile program
progress prohibited project projects promise promises prompt proof properties property proposed props protected
protection protects protocol prove provider provisional proxies proxy pseudonym pseudonyms public publish puppy pure
purple purpose push put puts px quarter query question questions queue quick quickest quiet quirks quota quote
quoted quotes qux qwerty qwertyuiop rabbit random range ranges rate rather ratio ratios raw reach reachable reached
reaches react read readable reader reading readonly reads ready real realm realms reason reauth reauthenticate
rebinding rebuilt receive received reconnect reconnected reconnecting record recorded recording records recover
recoverable recovered recovering recovers recovery red redact redacted redactor redacts redirect redirected
redirection redirects redmine reduce ref reference refresh refreshable refreshed refresher refreshes refreshing
refusal refusals refuse refused refuses region register registered registration registry regular reidentifier reject
rejected rejection rejects relative release released reload remaining remedy remind reminded reminder remote removal
remove removed removes removing rename renamed renames renderer renew renewal renewed renews repeat repeatable
repeated repeats replace replaced replacement replaces replacing reply report reported reporter reports repository
request requested requests require required requirements reserved reset resets resolve resource resources response
responses rest restore restored restores restoring result results resume retries retry retrying return returns
retype reveal revealed revocation revocations revoke revoked revokes revoking rfc rfcs right river rm robert role
room root rotate rotated round rounds route router row rows rsa rule rules run running runs runtime safe said sales
salt same saml sample sandbox saturday save saved saver saves saving say says scheduler schema schemas scheme
schemes school scope scopes screen screens script scripts scroll scroller scrolls sdk seal sealed sealing seals
search searched second seconds secret secrets section secure security see seen sees segmented select selection self
send sender sending sends sent sentence sentences separated separator september sequence serve served server servers
serves service services session set sets setting settings settle settled setup several sha shadow shape shapes share
shared shares shell shipped shop short shorter shortest should show shown shows shut shuts side sign signal
signature signed signs silent silver simple since single site size skip skipped slack sleep slice slot slots slow
slower slowly slug sm small snapshot so soccer social socket socks software soldier some somebody something soon
sort sorted sought source south space span speaks special speed spell spelled spelling spellings spent split spread
spring ssl sso staff staging stand standard stands star start started starting starts starwars stat state states
static status stay stayed stays stdin step steps still stop stopped stops storage store stored stores story stray
strays stream strict string stringify stroke strong structure studio style styles sub subarray subject submit subtle
succeeded success such suffix sum summary summer sunday sunshine super superman supplied supplies supply support
supported suspended svg switch switches sync synced syncs system tab table tabler tabs tag tags tail tails take
taken takes tanstack target task tasks td team tell tells template temporarily temporary ten tenant tennis term
terminal terminate test tester testing tests text texts th than thanks that the their theirs them theme themselves
then there these they thing things third this thomas those though thousand three throttled through throw thrown
throws thursday tick ticked ticket ticks tidy tiger time timed timeout timer times timing title tls tmp to toast
toasts today together token tokens told tone too took tool tools top torn total touched tr trace track traffic trail
transaction transfer transient trash trial tried tries trim trouble true truncated trust trusted trusting trustno
trusts try trying ts tsx tuesday turn turned turns twentieth twenty twice two type typed typeof types ui uint ul
unable unanswered unasked unauthorized unavailable unchanged unconfirmed undefined under understood undici undo
undone unexpected unfinished uninstalled union unique unit unknown unless unlock unlocked unlocking unmet
unprocessable unproven unreachable unread unreadable unref unsaved unseal unseen unsupported untaken until untrusted
unusable unused unverified unwrap unwritten up update updated updates upgrade upload upper uri uris url urlencoded
urlsearch us usable use used user username users uses usual utf uuid valid validate validation value values variable
variant vary vault vaults verdict verification verified verifier verify version versions very via video view views
violation virtual virtualizer visible visit vitest voice void vouch vulnerable wait waited waiting waits walk want
wanted wants warn warned warning was watch watched watching water way ways we web webapi webhook website wednesday
weigh welcome well went were west what whatever when where wherever whether which while white whitespace who whoever
whole whom whose why wide widget width will william win window windows winter wireless with within without wizard
word words work worked worker workflow working works workspace workspaces world worth would wrapped writable write
writer writes writing written wrong wrote www xdg xs year yellow yes yesterday yet yo you young your yours zero zod
zone zustand zxcvbn zxcvbnm
`
        .trim()
        .split(/\s+/),
    ),
)
