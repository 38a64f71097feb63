set -e
echo before
no-such-command
