# Tells whether scripts are whole, without running them, as parse_python.py does it for Python.
state=complete error=
while read -r text name; do
  said=$(bash --noprofile --norc -n "$text" 2>&1)
  code=$?
  said=${said//"$text"/"$name"}
  case $said in
    *'unexpected EOF while looking for'* | *'unexpected end of file'* | *'delimited by end-of-file'*)
      # The first error decides: one before the end is no matter of the end.
      case ${said%%$'\n'*} in
        *'unexpected EOF while looking for'* | *'unexpected end of file'* | *'delimited by end-of-file'*) state=truncated ;;
        *) state=malformed ;;
      esac ;;
    *) [ "$code" = 0 ] || state=malformed ;;
  esac
  [ "$state" = complete ] || { error=$said; break; }
done <sources.txt
error=${error%%$'\n'*}
printf '%s\n%s' "$state" "${error:0:1000}" >&3
