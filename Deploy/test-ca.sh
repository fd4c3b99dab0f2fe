#!/bin/sh
# Makes certificates for the admin API over TCP, for trying it out: an authority for workers, one for people, and what
# they sign. A real fleet has its own authorities, which keep their keys elsewhere.
#
#   test-ca.sh DIR worker gw1-w0 gw1-w1 …        DIR/workers/gw1-w0.pem and .key, with the URI gad://worker/gw1-w0
#   test-ca.sh DIR person mperez …               DIR/people/mperez.pem and .key, with the URI gad://user/mperez
#
# The authorities are made at the first call. Then
#   gadgate serve --node gw1 --admin-listen 127.0.0.1:9443 --admin-cert 'DIR/workers/{worker}.pem' \
#     --admin-key 'DIR/workers/{worker}.key' --client-ca DIR/people-ca.pem …
# and in ~/.config/gadtop/contexts/test.yaml
#   workers: {gw1-w0: "https://127.0.0.1:9443"}
#   ca: DIR/workers-ca.pem
#   cert: DIR/people/mperez.pem
#   key: DIR/people/mperez.key
#
# DAYS (30) says how long certificates last.
set -eu

usage() {
    sed -n '2,/^set /p' "$0" | sed -n 's/^# \{0,1\}//p' >&2
    exit 2
}

[ $# -ge 3 ] || usage
directory=$1 kind=$2
shift 2
days=${DAYS:-30}
umask 077
mkdir -p "$directory/workers" "$directory/people"

# authority FILE NAME
authority() {
    [ -f "$directory/$1.pem" ] && return
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -subj "/CN=$2" \
        -addext basicConstraints=critical,CA:TRUE,pathlen:0 -addext keyUsage=critical,keyCertSign,cRLSign \
        -keyout "$directory/$1.key" -out "$directory/$1.pem" 2>/dev/null
}

# certificate AUTHORITY FILE NAME URI USE
certificate() {
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$3" \
        -keyout "$directory/$2.key" -out "$directory/$2.csr" 2>/dev/null
    printf '%s\n' "subjectAltName=URI:$4" "extendedKeyUsage=$5" basicConstraints=critical,CA:FALSE \
        keyUsage=critical,digitalSignature >"$directory/$2.ext"
    openssl x509 -req -in "$directory/$2.csr" -CA "$directory/$1.pem" -CAkey "$directory/$1.key" -CAcreateserial \
        -days "$days" -extfile "$directory/$2.ext" -out "$directory/$2.pem" 2>/dev/null
    rm -f "$directory/$2.csr" "$directory/$2.ext"
    echo "$directory/$2.pem  $4"
}

authority workers-ca "gad test authority for workers"
authority people-ca "gad test authority for people"

for name in "$@"; do
    case $name in
    *[!A-Za-z0-9_.-]* | '' | .*)
        echo "test-ca.sh: \"$name\" is no name: 1 or more of A-Za-z0-9_.-" >&2
        exit 2
        ;;
    esac
    case $kind in
    worker) certificate workers-ca "workers/$name" "$name" "gad://worker/$name" serverAuth ;;
    person) certificate people-ca "people/$name" "$name" "gad://user/$name" clientAuth ;;
    *) usage ;;
    esac
done
