// A vector, or a view of one that lies in memory somebody else keeps: tables of an image are used
// where they were read.
#pragma once

#include <cstddef>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

namespace glane {

template <typename T>
class Flat {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  Flat() = default;
  explicit Flat(std::vector<T> values) : own_(std::move(values)) { refresh(); }
  Flat(Flat&& other) noexcept { *this = std::move(other); }
  Flat& operator=(Flat&& other) noexcept {
    own_ = std::move(other.own_);
    data_ = std::exchange(other.data_, nullptr);
    size_ = std::exchange(other.size_, 0);
    return *this;
  }

  const T& operator[](std::size_t i) const { return data_[i]; }
  const T* data() const { return data_; }
  const T* begin() const { return data_; }
  const T* end() const { return data_ + size_; }
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }

  // The values are those of `values` from now on, which must outlive this.
  void view(std::span<const T> values) {
    own_.clear();
    data_ = values.data();
    size_ = values.size();
  }

  // --- of a vector of its own ---
  T& at(std::size_t i) { return own_[i]; }
  void push_back(const T& value) {
    own_.push_back(value);
    refresh();
  }
  template <typename Range>
  void append(const Range& values) {
    own_.insert(own_.end(), values.begin(), values.end());
    refresh();
  }
  void assign(std::size_t count, const T& value) {
    own_.assign(count, value);
    refresh();
  }

 private:
  void refresh() {
    data_ = own_.data();
    size_ = own_.size();
  }

  const T* data_ = nullptr;
  std::size_t size_ = 0;
  std::vector<T> own_;
};

}  // namespace glane
