using System.Data.Common;

namespace RewardServer.Jobs.Store;

/// <summary>Statements with their values, the same for every database.</summary>
internal static class Sql
{
    /// <summary>A statement.</summary>
    public static DbCommand Command(this DbConnection connection, string text, params (string Name, object? Value)[] values)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        foreach (var (name, value) in values)
        {
            command.Parameters.Add(Parameter(command.CreateParameter(), name, value));
        }

        return command;
    }

    /// <summary>Executes a statement.</summary>
    /// <returns>How many rows it changed.</returns>
    public static async Task<int> ExecuteAsync(this DbTransaction transaction, string text, CancellationToken cancellation, params (string Name, object? Value)[] values)
    {
        await using var command = transaction.Connection!.Command(text, values);
        command.Transaction = transaction;
        return await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Executes a statement once for each set of values: in one message where the database takes several.</summary>
    public static async Task ExecuteManyAsync<T>(
        this DbTransaction transaction, string text, IReadOnlyCollection<T> all, Func<T, (string Name, object? Value)[]> valuesOf, CancellationToken cancellation)
    {
        if (transaction.Connection!.CanCreateBatch)
        {
            await using var batch = transaction.Connection.CreateBatch();
            batch.Transaction = transaction;
            foreach (var one in all)
            {
                var command = batch.CreateBatchCommand();
                command.CommandText = text;
                foreach (var (name, value) in valuesOf(one))
                {
                    command.Parameters.Add(Parameter(command.CreateParameter(), name, value));
                }

                batch.BatchCommands.Add(command);
            }

            await batch.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
            return;
        }

        await using var prepared = transaction.Connection.Command(text);
        prepared.Transaction = transaction;
        foreach (var one in all)
        {
            prepared.Parameters.Clear();
            foreach (var (name, value) in valuesOf(one))
            {
                prepared.Parameters.Add(Parameter(prepared.CreateParameter(), name, value));
            }

            await prepared.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
        }
    }

    private static DbParameter Parameter(DbParameter parameter, string name, object? value)
    {
        parameter.ParameterName = "@" + name;
        parameter.Value = value ?? DBNull.Value;
        return parameter;
    }
}
