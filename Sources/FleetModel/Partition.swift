extension RandomAccessCollection where Index == Int {
    /// Where the elements begin of which `isBehind` is true; they stand behind all others.
    package func partition(where isBehind: (Element) -> Bool) -> Int {
        var (low, high) = (startIndex, endIndex)
        while low < high {
            let middle = low + (high - low) / 2
            if isBehind(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
