self.ran = 1;
