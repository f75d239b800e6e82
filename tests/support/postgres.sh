#!/usr/bin/env bash
# Starts and stops the PostgreSQL server that the tests share, on loopback, in a folder of its own.
#   postgres.sh start STATE_DIR    leaves the server's address in STATE_DIR/address
#   postgres.sh stop STATE_DIR
set -euo pipefail
action=$1
state=$2
bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)

as_server_user() { if [ "$(id -u)" = 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi; }

stop() {
    [ -f "$state/folder" ] || return 0
    local folder
    folder=$(cat "$state/folder")
    [ -d "$folder/data" ] && as_server_user "$bin/pg_ctl" -D "$folder/data" -m immediate -w stop > /dev/null 2>&1 || true
    rm -rf "$folder" "$state/folder" "$state/address"
}

case $action in
start)
    mkdir -p "$state"
    stop
    folder=$(mktemp -d)
    [ "$(id -u)" = 0 ] && chown postgres "$folder"
    echo "$folder" > "$state/folder"
    as_server_user "$bin/initdb" -D "$folder/data" -U tideline -A trust -E UTF8 --locale=C --no-sync > "$state/initdb.log" 2>&1
    port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    as_server_user "$bin/pg_ctl" -D "$folder/data" -w -l "$folder/log" \
        -o "-h 127.0.0.1 -p $port -k $folder -c fsync=off -c max_connections=300 -c shared_buffers=64MB" start > "$state/start.log" 2>&1
    echo "postgresql://tideline@127.0.0.1:$port" > "$state/address"
    ;;
stop) stop ;;
*) echo "usage: postgres.sh start|stop STATE_DIR" >&2; exit 64 ;;
esac
