"""WordPress as Debian packages it, with MariaDB, PHP-FPM and nginx, all in a folder that is thrown away."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.speed.processes import SERVER_CORE, Server, running, wait_for
from bench.speed.servers import TEMPORARY, Missing, Target, free_port, nginx_program

SOURCE = Path("/usr/share/wordpress")
NEEDED = "wordpress wordpress-theme-twentytwentythree php-fpm php-mysql mariadb-server nginx"
PROGRAMS = ("mariadbd", "mariadb-install-db", "mariadb", "php")
FIRST, MANY, POST = "/?p=1001", "/?p=3001", "/wp-comments-post.php"
CHILDREN = 4
CONFIG = """<?php
define('DB_NAME', 'peer'); define('DB_USER', '{user}'); define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:{socket}');
define('DB_CHARSET', 'utf8mb4'); define('DB_COLLATE', '');
define('WP_HOME', 'http://' . ($_SERVER['HTTP_HOST'] ?? '127.0.0.1')); define('WP_SITEURL', WP_HOME);
define('DISABLE_WP_CRON', true); define('AUTOMATIC_UPDATER_DISABLED', true); define('WP_HTTP_BLOCK_EXTERNAL', true);
define('WP_CONTENT_DIR', '{folder}/site/wp-content');
foreach (['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'] as $name) {{
  define($name . '_KEY', 'only to measure with'); define($name . '_SALT', 'only to measure with');
}}
$table_prefix = 'wp_';
if (!defined('ABSPATH')) define('ABSPATH', '{folder}/site/');
require_once ABSPATH . 'wp-settings.php';
"""
# Nobody is mailed, and many comments may come from one address.
QUIET = """<?php
function wp_mail() { return true; }
add_filter('wp_is_comment_flood', '__return_false', 99);
"""
FPM = """[global]
error_log = {folder}/fpm.log
daemonize = no
[peer]
{user}
listen = {folder}/fpm.sock
listen.mode = 0666
pm = static
pm.max_children = {children}
"""
NGINX = """
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log; {user}
events {{ worker_connections 1024; }}
http {{
  access_log off; keepalive_requests 1000000; gzip on; gzip_types text/html; {temporary}
  fastcgi_cache_path {folder}/cache keys_zone=peer:16m inactive=60m;
  fastcgi_cache_key "$scheme$request_method$host$request_uri";
  server {{
    listen 127.0.0.1:{port}; root {folder}/site; index index.php;
    location / {{ try_files $uri $uri/ /index.php?$args; }}
    location ~ \\.php$ {{
      include /etc/nginx/fastcgi_params; fastcgi_param SCRIPT_FILENAME $document_root$fastcgi_script_name;
      fastcgi_pass unix:{folder}/fpm.sock; {cache}
    }}
  }}
}}
"""
CACHE = """fastcgi_cache peer; fastcgi_cache_valid 200 60m; fastcgi_cache_use_stale updating;
      fastcgi_ignore_headers Cache-Control Expires;"""


@dataclass(frozen=True)
class Stack:
    plain: Target
    cached: Target

    def memory(self) -> float:
        return self.plain.server.memory() + sum(each.memory() for each in self.plain.behind)


def fpm() -> str:
    found = sorted(Path("/usr/sbin").glob("php-fpm*"))
    missing = [name for name in PROGRAMS if shutil.which(name) is None]
    if missing or not found or not SOURCE.exists():
        raise Missing(f"WordPress is missing. Debian: apt-get install --no-install-recommends {NEEDED}")
    return str(found[-1])


@contextmanager
def served(folder: Path, corpus: Path) -> Iterator[Stack]:
    """Seeded and running: one nginx that asks PHP each time, one that keeps what it said."""
    program, root = fpm(), os.geteuid() == 0
    folder.chmod(0o755)
    database = folder / "database"
    with ExitStack() as stack:
        maria = stack.enter_context(_mariadb(database, root))
        _site(folder, database / "socket")
        if root:
            subprocess.run(["chown", "-R", "www-data", str(folder / "site"), str(folder)], check=True)
            subprocess.run(["chown", "-R", "mysql", str(database)], check=True)
        subprocess.run(
            ["php", str(Path(__file__).with_name("seed.php")), str(folder / "site"), str(corpus)], check=True
        )
        (folder / "fpm.conf").write_text(
            FPM.format(folder=folder, children=CHILDREN, user="user = www-data" if root else "")
        )
        workers = Server([program, "-F", "-y", str(folder / "fpm.conf")], core=SERVER_CORE)
        stack.callback(workers.stop)
        fronts = [
            stack.enter_context(_nginx(folder / name, folder, cache, root)) for name, cache in (("a", ""), ("b", CACHE))
        ]
        yield Stack(*(Target(server, port, (workers, maria)) for server, port in fronts))


@contextmanager
def _mariadb(folder: Path, root: bool) -> Iterator[Server]:
    """With Debian's own sizes, on a socket of its own."""
    folder.mkdir()
    who = ["--user=mysql"] if root else []
    if root:
        shutil.chown(folder, "mysql")
    here = [f"--datadir={folder}", "--no-defaults"][::-1]
    subprocess.run(
        ["mariadb-install-db", *here, *who, "--skip-test-db", "--auth-root-authentication-method=normal"],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    socket = folder / "socket"
    server = Server(
        ["mariadbd", *here, *who, f"--socket={socket}", "--skip-networking", f"--pid-file={folder}/pid"],
        core=SERVER_CORE,
    )
    try:
        _wait_for_socket(socket, server)
        subprocess.run(["mariadb", f"--socket={socket}", "-u", "root", "-e", "CREATE DATABASE peer"], check=True)
        yield server
    finally:
        server.stop()


def _wait_for_socket(socket: Path, server: Server) -> None:
    for _ in range(600):
        if socket.exists():
            return
        if server.process.poll() is not None:
            break
        time.sleep(0.1)
    raise SystemExit("MariaDB does not start")


def _site(folder: Path, socket: Path) -> None:
    """The package's files, its links followed, and a configuration of our own."""
    shutil.copytree(SOURCE, folder / "site", ignore_dangling_symlinks=True)
    (folder / "site" / "wp-config.php").write_text(CONFIG.format(folder=folder, socket=socket, user="root"))
    extra = folder / "site" / "wp-content" / "mu-plugins"
    extra.mkdir(exist_ok=True)
    (extra / "quiet.php").write_text(QUIET)


@contextmanager
def _nginx(own: Path, folder: Path, cache: str, root: bool) -> Iterator[tuple[Server, int]]:
    own.mkdir()
    port = free_port()
    text = NGINX.format(
        folder=folder,
        port=port,
        cache=cache,
        user="user www-data;" if root else "",
        temporary=" ".join(f"{name}_temp_path {own}/{name};" for name in TEMPORARY),
    ).replace(f"{folder}/nginx.pid", f"{own}/nginx.pid")
    text = text.replace(f"{folder}/cache", f"{own}/cache")
    (own / "nginx.conf").write_text(text)
    command = [nginx_program(), "-p", str(own), "-c", str(own / "nginx.conf"), "-e", str(own / "error.log")]
    with running(command, port, path=FIRST) as server:
        wait_for(port, FIRST)
        yield server, port
