namespace RewardServer.Grading.Graders.Json.Schemas;

/// <summary>Refuses schemas that check one value without end, or so often that no answer could be judged.</summary>
internal static class SchemaGraph
{
    private const int Deepest = 64;
    private const int MostChecks = 5_000;

    /// <summary>Looks at all schemas that check the same value as others.</summary>
    /// <exception cref="SchemaException">They refer to each other in a circle, or multiply.</exception>
    public static void Check(IReadOnlyCollection<SchemaNode> nodes)
    {
        var (order, used) = (new List<SchemaNode>(nodes.Count), nodes.ToDictionary(node => node, _ => 0));
        foreach (var inner in nodes.SelectMany(node => node.InPlace))
        {
            used[inner]++;
        }

        // Kahn's order: each before those that it uses.
        order.AddRange(nodes.Where(node => used[node] == 0));
        for (var at = 0; at < order.Count; at++)
        {
            order.AddRange(order[at].InPlace.Where(inner => --used[inner] == 0));
        }

        if (order.Count < nodes.Count)
        {
            throw new SchemaException("refers to itself in a circle, without going into the value");
        }

        var costs = new Dictionary<SchemaNode, (long Checks, int Depth)>();
        foreach (var node in Enumerable.Reverse(order))
        {
            var inner = node.InPlace.Select(used => costs[used]).ToList();
            var cost = (Checks: 1 + inner.Sum(part => part.Checks), Depth: 1 + inner.Select(part => part.Depth).DefaultIfEmpty().Max());
            costs[node] = cost.Checks <= MostChecks && cost.Depth <= Deepest ? cost : throw new SchemaException("checks one value too often: its references multiply, or form too long a chain");
        }
    }
}
