#!/bin/sh
# Fills the two addresses into nginx's configuration and becomes nginx; arguments (such as -t) go to nginx.
# BACKEND is the gateway's host:port. RESOLVER is the name server, by default the container's own.
set -eu

RESOLVER=${RESOLVER:-$(awk '$1 == "nameserver" { print ($2 ~ /:/) ? "[" $2 "]" : $2; exit }' /etc/resolv.conf)}
sed -e "s|\${BACKEND}|${BACKEND:-backend:8080}|" -e "s|\${RESOLVER}|${RESOLVER:-127.0.0.11}|" \
    "${TEMPLATE:-/etc/nginx/nginx.conf}" > /tmp/nginx.conf
exec nginx -c /tmp/nginx.conf "$@"
