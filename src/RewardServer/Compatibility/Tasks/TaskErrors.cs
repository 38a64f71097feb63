namespace RewardServer.Compatibility.Tasks;

/// <summary>What is wrong with tasks that are uploaded, by the member at fault.</summary>
internal static class TaskErrors
{
    private const int LongestName = 1000;

    public static IEnumerable<(string Path, string Message)> Of(TasksRequest request)
    {
        if (request.Tasks.IsDefaultOrEmpty)
        {
            yield return ("tasks", "must hold at least one task");
            yield break;
        }

        var names = new HashSet<(string Set, string Id)>();
        for (var i = 0; i < request.Tasks.Length; i++)
        {
            if (request.Tasks[i] is not { } task)
            {
                yield return ($"tasks[{i}]", "must not be null");
                continue;
            }

            if (OfId(task.Id) is { } ofId)
            {
                yield return ($"tasks[{i}].id", ofId);
            }

            if (task.Set.Length > LongestName || task.Set.Contains('/', StringComparison.Ordinal) || task.Set.Any(char.IsControl))
            {
                yield return ($"tasks[{i}].set", $"must have at most {LongestName} characters, and neither '/' nor control characters");
            }

            // The later would stand in place of the earlier, and a label mean another task than who wrote it thought.
            if (!names.Add((task.Set, task.Id)))
            {
                yield return ($"tasks[{i}].id", "is the name of an earlier task of this call");
            }

            foreach (var (member, error) in task.Task.MemberErrors())
            {
                yield return ($"tasks[{i}].task.{member}", error);
            }
        }
    }

    // A name stands in paths, which lose parts that are '.' or '..'.
    private static string? OfId(string id) =>
        id.Length is 0 or > LongestName ? $"must have from 1 to {LongestName} characters"
        : id.Any(char.IsControl) ? "must have no control characters"
        : id.Split('/').Any(part => part is "." or "..") ? "must have no part between slashes that is '.' or '..'"
        : null;
}
