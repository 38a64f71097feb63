declare -A words=([greeting]=hello)
printf '%s\n' world "${words[greeting]}" | sort | head -n 1
