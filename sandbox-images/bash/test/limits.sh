# Reaches the limit whose name stands on standard input; 3 is how a program ends that meets it in an orderly way.
read -r limit
case $limit in
  cpu) while :; do :; done ;;
  wall) sleep 60 ;;
  memory) text=xxxxxxxxxxxxxxxx; while :; do text=$text$text; done ;;
  processes) for ((i = 0; i < 100; i++)); do sleep 60 & done ;;
  output) for ((i = 0; i < 32; i++)); do printf '%065536d' 0; done ;;
  file) head -c 1G /dev/zero >large || exit 3 ;;
  "open files") while exec {file}</dev/null; do :; done ;;
  scratch) for ((i = 0; i < 1000; i++)); do head -c 512K /dev/zero >"$i" || exit 3; done ;;
esac
exit 3
