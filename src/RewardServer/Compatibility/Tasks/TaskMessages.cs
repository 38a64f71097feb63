using System.Collections.Immutable;
using RewardServer.Grading.Completions;

namespace RewardServer.Compatibility.Tasks;

/// <summary>What <c>PUT /v1/tasks</c> takes.</summary>
public sealed record TasksRequest
{
    /// <summary>The tasks; at least one.</summary>
    public required ImmutableArray<TaskUpload> Tasks { get; init; }
}

/// <summary>A task to keep.</summary>
public sealed record TaskUpload
{
    /// <summary>Its name, unique within its set.</summary>
    public required string Id { get; init; }

    /// <summary>The data set that it belongs to; empty for none.</summary>
    public string Set { get; init; } = "";

    /// <summary>What a model is asked, for clients that ask for it.</summary>
    public ChatText? Prompt { get; init; }

    /// <summary>The task.</summary>
    public required GradingTask Task { get; init; }

    internal static TaskUpload Of(StoredTask task) => new() { Id = task.Id, Set = task.Set, Prompt = task.Prompt, Task = task.Task };

    internal StoredTask Stored() => new(Set, Id, Task, Prompt);
}

/// <summary>What <c>PUT /v1/tasks</c> gives.</summary>
/// <param name="Kept">How many tasks were kept.</param>
public sealed record TasksResponse(int Kept);

/// <summary>What <c>GET /v1/tasks</c> gives.</summary>
/// <param name="Sets">The sets that there are; the tasks of none stand under the empty name.</param>
/// <param name="Ids">The names of one set's tasks.</param>
public sealed record TaskListResponse(IReadOnlyList<TaskSetSize> Sets, IReadOnlyList<string> Ids);

/// <summary>A set of tasks.</summary>
/// <param name="Set">Its name.</param>
/// <param name="Tasks">How many there are.</param>
public sealed record TaskSetSize(string Set, long Tasks);
