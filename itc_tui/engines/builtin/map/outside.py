"""Recognises what lies outside the target, by the client library through which it is reached."""

from __future__ import annotations

from dataclasses import dataclass

from itc_tui.domain.words import PointKind
from itc_tui.engines.builtin.map.word_sets import words

IN_MEMORY = words("headers json decode encode args params text items copy")
"""Parts of an answer that was already received."""


@dataclass(frozen=True, slots=True)
class Outer:
    """One thing outside, as a boundary names it."""

    name: str
    kind: PointKind


def recognise(dotted: str) -> Outer | None:
    """What a call of `sqlite3.connect.execute` reaches; None when it stays in memory."""
    last = dotted.rsplit(".", 1)[-1]
    if any(part.endswith(("Error", "Exception", "Warning")) for part in dotted.split(".")):
        return None
    for prefix, entry in _candidates(dotted):
        if entry.verbs and last not in entry.verbs:
            continue
        beyond = dotted[len(prefix) :].split(".")[1:]
        if len(beyond) > entry.reach or IN_MEMORY.intersection(beyond[:-1]):
            continue
        if last in entry.harmless or (last[:1].isupper() and last not in entry.makers):
            continue
        return Outer(entry.name or prefix, entry.kind)
    return None


@dataclass(frozen=True, slots=True)
class _Entry:
    kind: PointKind
    name: str = ""
    """Empty: the library's own name."""
    verbs: frozenset[str] = frozenset()
    """Only these calls go outside; empty: all do."""
    harmless: frozenset[str] = frozenset()
    reach: int = 9
    """So many attributes further, what is asked for stays in memory."""
    makers: frozenset[str] = frozenset()
    """Classes whose making already opens something."""


_DB_VERBS = words(
    """
    connect execute executemany executescript exec exec_driver_sql commit rollback cursor
    fetchone fetchall fetchmany fetch fetchval fetchrow begin flush add add_all merge
    delete refresh query scalar scalars first all one one_or_none create_all drop_all
    create_engine create_async_engine sessionmaker stream run_sync callproc copy
    transaction acquire create_pool save insert insert_one insert_many update update_one
    update_many delete_one delete_many find find_one aggregate replace_one count_documents
    bulk_write bulk_create get get_or_create update_or_create filter exclude create count
    exists values values_list bulk_update in_bulk iterator latest earliest atomic select
    put upsert get_item put_item delete_item update_item scan connect_nowait
    """
)
_HTTP_VERBS = words(
    """
    get post put patch delete head options request send stream urlopen urlretrieve fetch
    getresponse connect ws_connect websocket_connect create_connection recv sendall bind
    listen accept run run_app serve serve_forever handle_request start_server
    open_connection create_server create_unix_server login urlfetch dispatch endheaders
    """
)
_CACHE_VERBS = words(
    """
    get set add delete incr decr expire hget hset hgetall hdel lpush rpush lpop rpop
    lrange sadd smembers srem zadd zrange exists ttl keys scan publish subscribe pipeline
    execute get_many set_many delete_many flushdb flushall clear setex setnx mget mset
    memoize pop push touch read write evict get_or_set get_message listen xadd xread blpop
    brpop eval
    """
)
_EVENT_VERBS = words(
    """
    publish subscribe send send_message basic_publish basic_consume consume poll produce
    put delay apply_async send_task connect emit receive get start_consuming queue_declare
    flush subscribe_async create_task enqueue send_and_wait getone sendmail send_email
    quit login starttls sendto ack receive_messages delete_message send_messages
    """
)
_FILE_VERBS = words(
    """
    open read_text read_bytes write_text write_bytes mkdir rmdir unlink rename replace
    touch exists is_file is_dir iterdir glob rglob stat lstat chmod symlink_to hardlink_to
    resolve_links walk samefile readlink expanduser_links copy move copytree rmtree
    copyfile copy2 copyfileobj copymode make_archive unpack_archive disk_usage
    NamedTemporaryFile TemporaryDirectory mkstemp mkdtemp TemporaryFile
    SpooledTemporaryFile ZipFile extractall extract fdopen getsize getmtime getctime
    isfile isdir islink lexists iglob listdir makedirs remove removedirs scandir utime
    link symlink truncate fsync read write readline readlines writelines mmap flock lockf
    input FileInput is_zipfile is_tarfile is_symlink is_mount owner write_table read_csv
    to_csv read_parquet to_parquet read_excel to_excel read_json load_workbook save
    """
)
_OS_FILE = words(
    """
    listdir makedirs mkdir remove unlink rename replace rmdir removedirs scandir stat
    lstat chmod chown utime link symlink readlink truncate walk open fdopen fsync access
    mkfifo write read
    """
)
_OS_PROCESS = words(
    """
    system popen fork forkpty kill killpg execv execve execvp execl execlp spawnv spawnl
    spawnlp waitpid wait posix_spawn startfile abort _exit setsid
    """
)

_ENVIRONMENT_VERBS = words(
    """
    environ getenv putenv unsetenv get setdefault pop update copy items keys values clear
    load_dotenv dotenv_values find_dotenv config Env read_env
    """
)
_PROCESS_VERBS = words(
    """
    run call check_call check_output Popen getoutput getstatusoutput communicate wait poll kill
    terminate send_signal
    """
)

_D, _H, _C = PointKind.DATABASE, PointKind.HTTP, PointKind.CACHE
_F, _E, _P, _M = PointKind.FILE, PointKind.ENVIRONMENT, PointKind.PROCESS, PointKind.EVENT

_ENTRIES: dict[str, _Entry] = {}


def _enter(prefixes: str, entry: _Entry) -> None:
    for prefix in prefixes.split():
        _ENTRIES[prefix] = entry


_enter(
    """
    sqlite3 aiosqlite psycopg psycopg2 asyncpg pymysql MySQLdb mysql aiomysql cx_Oracle
    oracledb pyodbc duckdb pymongo motor sqlalchemy sqlmodel peewee pony tortoise
    databases records cassandra neo4j elasticsearch opensearchpy influxdb
    clickhouse_driver dataset tinydb mongoengine beanie gino shelve dbm lmdb plyvel
    firebase_admin.firestore google.cloud.firestore google.cloud.bigquery snowflake edgedb
    """,
    _Entry(_D, verbs=_DB_VERBS),
)
_enter("urllib.request", _Entry(_H, verbs=words("urlopen urlretrieve open build_opener")))
_enter("boto3 botocore aioboto3", _Entry(_H))
_enter("django.db", _Entry(_D, "django.db", verbs=_DB_VERBS))
_enter(
    """
    requests httpx urllib3 http.client http.server aiohttp websockets
    websocket grpc socket socketserver ssl xmlrpc ftplib telnetlib paramiko asyncssh zeep
    suds treq pycurl tornado.httpclient twisted.web.client
    google.cloud.storage azure stripe twilio slack_sdk github openai anthropic uvicorn
    hypercorn gunicorn waitress wsgiref.simple_server asyncio.open_connection
    asyncio.start_server requests_oauthlib authlib.integrations.requests_client
    werkzeug.serving
    """,
    _Entry(_H, verbs=_HTTP_VERBS | words("client resource upload_file download_file run_simple")),
)
_enter(
    """
    redis aioredis valkey memcache pymemcache pylibmc diskcache cachetools_redis
    dogpile.cache aiocache flask_caching django.core.cache cashews
    """,
    _Entry(_C, verbs=_CACHE_VERBS),
)
_enter(
    """
    pika aio_pika kombu celery kafka aiokafka confluent_kafka nats stomp zmq dramatiq rq
    huey paho faust taskiq arq smtplib aiosmtplib imaplib poplib django.core.mail
    flask_mail yagmail sendgrid blinker google.cloud.pubsub multiprocessing.Queue
    """,
    _Entry(_M, verbs=_EVENT_VERBS),
)
_enter("subprocess", _Entry(_P, verbs=_PROCESS_VERBS, makers=words("Popen")))
_enter(
    "multiprocessing concurrent.futures.ProcessPoolExecutor",
    _Entry(
        _P,
        "multiprocessing",
        verbs=words(
            """
    start submit map apply apply_async Pool ProcessPoolExecutor Process
    """
        ),
        makers=words("Pool ProcessPoolExecutor Process"),
    ),
)
_enter(
    "asyncio.create_subprocess_exec asyncio.create_subprocess_shell",
    _Entry(_P, "subprocess", reach=1),
)
_enter(
    """
    pexpect sh fabric
    invoke docker plumbum psutil.Process.kill psutil.Process.terminate
    """,
    _Entry(_P),
)
_enter("os", _Entry(_P, "process", verbs=_OS_PROCESS))
_enter("signal", _Entry(_P, "signals", verbs=words("signal alarm pause raise_signal setitimer")))
_enter(
    "os.path",
    _Entry(
        _F,
        "filesystem",
        verbs=words(
            """
    exists isfile isdir islink lexists getsize getmtime getctime getatime samefile
    realpath ismount
    """
        ),
    ),
)
_OS = _Entry(_F, "filesystem", verbs=_OS_FILE)
_enter(
    """
    pathlib shutil tempfile zipfile tarfile gzip bz2 lzma glob fileinput fcntl mmap
    aiofiles anyio.Path builtins.open io.open codecs.open io.FileIO linecache openpyxl
    pandas zipimport configparser.ConfigParser.read configparser.RawConfigParser.read
    logging.FileHandler pyarrow.parquet importlib.resources pkgutil.get_data fsspec s3fs
    upath filelock portalocker watchdog watchfiles
    """,
    _Entry(_F, "filesystem", verbs=_FILE_VERBS, makers=_FILE_VERBS),
)
_enter(
    """
    os.environ os.getenv os.putenv os.unsetenv dotenv environs decouple
    """,
    _Entry(_E, "environment", verbs=_ENVIRONMENT_VERBS, reach=1),
)
_enter("platform pwd", _Entry(_E, "machine", reach=1, harmless=words("python_version_tuple")))
_enter(
    """
    time.time time.time_ns time.sleep time.localtime time.gmtime time.strftime
    datetime.datetime.now datetime.datetime.utcnow datetime.datetime.today
    datetime.date.today time.monotonic time.perf_counter asyncio.sleep pendulum.now
    arrow.now arrow.utcnow django.utils.timezone.now trio.sleep anyio.sleep time.ctime
    """,
    _Entry(_E, "clock", reach=0),
)
_enter(
    """
    random secrets uuid.uuid1 uuid.uuid4 os.urandom numpy.random
    """,
    _Entry(_E, "random", harmless=words("getstate setstate compare_digest")),
)
_enter(
    """
    builtins.input getpass.getpass sys.stdin click.prompt click.confirm prompt_toolkit questionary
    """,
    _Entry(_E, "terminal", reach=1),
)
_enter("keyring", _Entry(_E, "keyring"))


def _candidates(dotted: str) -> list[tuple[str, _Entry]]:
    """Longest prefix first; `os` means two things, by what is called."""
    parts, found = dotted.split("."), []
    for size in range(len(parts), 0, -1):
        prefix = ".".join(parts[:size])
        if prefix in _ENTRIES:
            found.append((prefix, _ENTRIES[prefix]))
        if prefix == "os" and size == len(parts) - 1:
            found.append(("os", _OS))
    return found
