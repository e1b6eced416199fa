"""The ground floor: records, kinds, ids and errors that every room shares."""
